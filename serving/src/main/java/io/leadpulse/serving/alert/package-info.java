/**
 * Tells people of alerts, through an Alertmanager. {@link io.leadpulse.serving.alert.AlertPlan} decides who is told what
 * and when, {@link io.leadpulse.serving.alert.MessageWriter} says it in words; both are pure.
 * {@link io.leadpulse.serving.alert.Dispatcher} has the clock, the log of what was sent and the connection.
 * Beside them {@link io.leadpulse.serving.alert.DailyDigests} sends the managers their daily digest, which is no alert.
 */
package io.leadpulse.serving.alert;
