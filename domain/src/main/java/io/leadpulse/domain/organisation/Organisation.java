package io.leadpulse.domain.organisation;

/** What the numbers of a lead need to know of the company: its teams and its local time. */
public interface Organisation {

    /** The team of a rep at a time, epoch milliseconds ({@code Long.MAX_VALUE}: now); null when he has none. */
    String teamOf(String rep, long atMillis);

    /** The day of the company's calendar, as days since 1970-01-01. */
    int epochDayOf(long timeMillis);

    /** The minute of the company's local day, 0 to 1439. */
    int minuteOfDayOf(long timeMillis);

    /** When a five-minute slot of a local day begins, epoch milliseconds; of a repeated hour the first time. */
    long slotStartMillis(int epochDay, int slot);
}
