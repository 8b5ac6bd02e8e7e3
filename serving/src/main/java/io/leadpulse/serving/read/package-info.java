/** Reads result topics: committed records only, in order, each at least once, never one left out. */
package io.leadpulse.serving.read;
