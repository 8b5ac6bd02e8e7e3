/** Where the pipeline leads to: forecast, how good forecasts were, and growth. */
package io.leadpulse.domain.pipeline;
