/**
 * Which records are one lead: merges, unmerges and deletions, each a pure function of what was said, in whatever order it
 * came.
 */
package io.leadpulse.domain.merge;
