/**
 * Tells people of alerts, through an Alertmanager. {@link io.leadpulse.serving.alert.AlertPlan} decides who is told what
 * and when, {@link io.leadpulse.serving.alert.MessageWriter} says it in words; both are pure.
 * {@link io.leadpulse.serving.alert.Dispatcher} has the clock, the log of what was sent and the connection.
 */
package io.leadpulse.serving.alert;
