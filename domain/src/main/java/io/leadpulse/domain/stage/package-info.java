/** Stages: a lead's derived stages, limits of stages, and time in stage. */
package io.leadpulse.domain.stage;
