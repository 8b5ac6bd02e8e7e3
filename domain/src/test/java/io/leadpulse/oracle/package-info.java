/** Independent batch computations that the tests compare with. Nothing here imports domain code. */
package io.leadpulse.oracle;
