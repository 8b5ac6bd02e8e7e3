/** Programs of the machine that tests of all modules run: where they are, and how they are started and killed. */
package io.leadpulse.tools;
