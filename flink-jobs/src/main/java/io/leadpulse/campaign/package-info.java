/** What campaigns cost. */
package io.leadpulse.campaign;
