/** Who is to get the leads that nobody owns. */
package io.leadpulse.domain.assignment;
