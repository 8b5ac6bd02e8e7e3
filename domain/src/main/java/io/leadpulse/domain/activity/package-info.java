/** What activities bring, what they cost in time, and when they reach anybody. */
package io.leadpulse.domain.activity;
