/** What recordings of Flight Recorder say of where time goes: flame graphs, and the frames in which most of it goes. */
package io.leadpulse.bench.profile;
