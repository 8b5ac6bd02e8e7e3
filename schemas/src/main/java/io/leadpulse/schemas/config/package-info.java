/**
 * The meaning that a company gives to its numbers, in one YAML, and the records that change it by date: read strictly,
 * with every mistake reported at once, and turned into the immutable types that the domain computes with.
 */
package io.leadpulse.schemas.config;
