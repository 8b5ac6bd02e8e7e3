package io.leadpulse.schemas.event;

/**
 * A record that is not counted, with the reason. Nothing that arrives is lost: it is counted, held, recognised as
 * duplicate or superseded, or it is one of these.
 *
 * @param record the record as it arrived
 * @param reason what is wrong with it, from a closed set
 * @param message what exactly is wrong and what is allowed; names fields and limits, never a person's data
 */
public record DeadLetter(RawRecord record, Reason reason, String message) {}
