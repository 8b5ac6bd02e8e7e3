package io.leadpulse.oracle;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One deal, read from all its records in order of event time.
 *
 * @param id deal
 * @param lead lead whose deal it is: as its latest record says, for the whole of its life
 * @param openedMillis when it was opened
 * @param wonMillis when it was won; null while it is not
 * @param lostMillis when it was lost; null while it is not
 * @param amountMinor in the company's currency, by the rate of the close, while it is open by that of as-of: newest amount known; 0 when none is
 * @param open when it was neither won nor lost, in order; the last may have no end, which is the greatest number
 * @param stays its stays in stages, in order; two in a row are of different stages, or it was closed in between
 * @param owners owners from a time on, in order
 * @param refunds what was given back; nothing of what was given back of a win that was undone
 * @param expected on which day it is expected to close, from a time on, in order
 */
record OracleDeal(
        String id,
        String lead,
        long openedMillis,
        Long wonMillis,
        Long lostMillis,
        long amountMinor,
        List<WorkCalendar.Stretch> open,
        List<Stay> stays,
        List<Owner> owners,
        List<Refund> refunds,
        List<Expected> expected) {

    /** An expected day of closing from a time on. */
    record Expected(long fromMillis, LocalDate day) {}

    /** A stay in a stage; {@code leftMillis} is null while it lasts. */
    record Stay(String stage, long enteredMillis, Long leftMillis) {}

    /** An owner from a time on; {@code rep} is null for nobody. */
    record Owner(long fromMillis, String rep) {}

    /** An amount given back. */
    record Refund(long timeMillis, long amountMinor) {}

    /** The same deal as that of the lead into which its own was merged. */
    OracleDeal of(String root) {
        return new OracleDeal(
                id, root, openedMillis, wonMillis, lostMillis, amountMinor, open, stays, owners, refunds, expected);
    }

    /** Reads a deal from its records in canonical order; null if it was deleted, which undoes it from the beginning. */
    static OracleDeal read(String id, List<OracleEvent> records, OracleConfig config, long asOfMillis) {
        if (records.stream().anyMatch(record -> record.is("deal_deleted"))) {
            return null;
        }
        Long wonMillis = null;
        Long lostMillis = null;
        OracleRates.Told amount = new OracleRates.Told(BigDecimal.ZERO, null);
        String stage = null;
        long enteredMillis = 0;
        long openFromMillis = openedMillis(records);
        List<WorkCalendar.Stretch> open = new ArrayList<>();
        List<Stay> stays = new ArrayList<>();
        List<Owner> owners = new ArrayList<>();
        Map<Long, List<OracleRates.Told>> givenBack = new TreeMap<>();
        boolean wasUndone = false;
        List<Expected> expected = new ArrayList<>();
        for (OracleEvent record : records) {
            long now = record.timeMillis();
            boolean wasOpen = wonMillis == null && lostMillis == null;
            if (record.is("deal_refunded")) {
                if (!wasUndone || wonMillis != null) {
                    givenBack.computeIfAbsent(now, at -> new ArrayList<>()).add(told(record));
                }
            } else if (record.text("amount") != null) {
                amount = told(record);
            }
            if (record.text("expected_close") != null) {
                LocalDate day = LocalDate.parse(record.text("expected_close"));
                boolean isSame = !expected.isEmpty()
                        && expected.get(expected.size() - 1).day().equals(day);
                if (!isSame) {
                    expected.add(new Expected(now, day));
                }
            }
            if (record.text("owner") != null) {
                owners.add(new Owner(now, record.text("owner")));
            }
            if (wonMillis != null && record.is("deal_lost", "deal_reopened")) {
                wasUndone = true;
                givenBack.clear();
            }
            if (record.is("deal_won") && wonMillis == null) {
                wonMillis = now;
                lostMillis = null;
            } else if (record.is("deal_lost") && lostMillis == null) {
                lostMillis = now;
                wonMillis = null;
            } else if (record.is("deal_reopened")) {
                wonMillis = null;
                lostMillis = null;
            }
            boolean isOpen = wonMillis == null && lostMillis == null;
            if (wasOpen && !isOpen) {
                open.add(new WorkCalendar.Stretch(openFromMillis, now));
            } else if (isOpen && !wasOpen) {
                openFromMillis = now;
            }
            String said = record.is("deal_won", "deal_lost") ? null : record.text("stage");
            String next = said != null && isOpen ? said : stage;
            boolean isMove = next != null && !next.equals(stage);
            if (wasOpen && stage != null && (!isOpen || isMove)) {
                stays.add(new Stay(stage, enteredMillis, now));
            }
            if (isOpen && (isMove || !wasOpen)) {
                enteredMillis = now;
            }
            stage = next;
        }
        if (wonMillis == null && lostMillis == null) {
            open.add(new WorkCalendar.Stretch(openFromMillis, Long.MAX_VALUE));
            if (stage != null) {
                stays.add(new Stay(stage, enteredMillis, null));
            }
        }
        Long closedMillis = wonMillis != null ? wonMillis : lostMillis;
        List<Refund> refunds = new ArrayList<>();
        givenBack.forEach((at, amounts) -> amounts.forEach(
                each -> refunds.add(new Refund(at, minor(each, closedMillis != null ? closedMillis : at, config)))));
        return new OracleDeal(
                id,
                records.get(records.size() - 1).lead(),
                openedMillis(records),
                wonMillis,
                lostMillis,
                minor(amount, closedMillis != null ? closedMillis : asOfMillis, config),
                open,
                stays,
                owners,
                refunds,
                expected);
    }

    private static long openedMillis(List<OracleEvent> records) {
        return records.stream()
                .filter(record -> record.is("deal_opened"))
                .findFirst()
                .orElse(records.get(0))
                .timeMillis();
    }

    private static OracleRates.Told told(OracleEvent record) {
        return new OracleRates.Told(new BigDecimal(record.text("amount")), record.text("currency"));
    }

    private static long minor(OracleRates.Told told, long millis, OracleConfig config) {
        return config.rates().minor(told, millis, config.zone(), config.minorDigits());
    }

    boolean isOpenOrWonAt(long millis) {
        boolean isWon = wonMillis != null && wonMillis <= millis;
        return isWon || open.stream().anyMatch(each -> each.fromMillis() <= millis && millis < each.toMillis());
    }

    /** The owner at a time; null for nobody. */
    String ownerAt(long millis) {
        return ownerAt(owners, millis);
    }

    static String ownerAt(List<Owner> owners, long millis) {
        String rep = null;
        for (Owner owner : owners) {
            rep = owner.fromMillis() <= millis ? owner.rep() : rep;
        }
        return rep;
    }
}
