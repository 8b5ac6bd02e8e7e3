/** The engines of SalesBench as the harness sees them: processes that read topics and write topics. */
package io.leadpulse.bench.engine;
