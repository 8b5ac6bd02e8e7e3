/** What serving learns from closed leads: win probability, influence, calibration. */
package io.leadpulse.serving.learn;
