/** Starts what serves the results: options, parts, one HTTP server, and a graceful end. */
package io.leadpulse.serving.app;
