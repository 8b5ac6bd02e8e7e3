/** Alerts: clocks that say what is late, the life of an alert, and what of it is still to be told. */
package io.leadpulse.domain.alert;
