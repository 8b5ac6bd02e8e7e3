/** Contacts: who reached whom and when, what is planned, and who waits for an answer. */
package io.leadpulse.domain.contact;
