/** PostgreSQL: the read model of history, cohorts and lists, written from the result topics. */
package io.leadpulse.serving.store;
