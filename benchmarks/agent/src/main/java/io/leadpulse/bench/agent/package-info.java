/** How the process of an engine talks with the harness that started it. */
package io.leadpulse.bench.agent;
