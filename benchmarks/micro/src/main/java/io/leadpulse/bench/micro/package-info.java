/** What single parts of Leadpulse cost, by JMH, in a process of its own. */
package io.leadpulse.bench.micro;
