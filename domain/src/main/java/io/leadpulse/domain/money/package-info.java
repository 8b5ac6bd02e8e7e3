/** Amounts in other currencies than the company's. */
package io.leadpulse.domain.money;
