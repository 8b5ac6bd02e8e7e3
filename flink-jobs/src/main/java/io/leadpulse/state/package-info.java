/** How state is written: by hand, compact, and in numbered forms that every later release reads. */
package io.leadpulse.state;
