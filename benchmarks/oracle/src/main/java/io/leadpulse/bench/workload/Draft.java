package io.leadpulse.bench.workload;

/**
 * An event before it is written out.
 *
 * @param act what happens
 * @param serial its number, unique
 * @param timeMillis event time, epoch milliseconds
 * @param lead number of the lead
 * @param place number of its deal or visitor among those of the lead
 * @param detail what else was drawn; what it means depends on the act
 * @param named whether behaviour names its lead
 */
record Draft(Act act, long serial, long timeMillis, int lead, int place, int detail, boolean named) {}
