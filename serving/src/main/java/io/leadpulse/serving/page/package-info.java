/** HTTP: a lead as JSON, as text and as a page, and the pages that snooze an alert or mark it as handled. */
package io.leadpulse.serving.page;
