/** Whether a campaign brings leads that qualify. */
package io.leadpulse.domain.campaign;
