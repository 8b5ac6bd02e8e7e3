package io.leadpulse.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;

/** The life of one generated deal. Versions rise with time; corrections come between. */
final class DealStory {
    private static final long MINUTE_MILLIS = 60_000;
    private static final List<String> LADDER = List.of("meeting", "demo", "offer", "negotiation");

    private final SplittableRandom random;
    private final HistoryWriter writer;
    private final String deal;
    private final String otherLead;
    private String lead;
    private String owner;
    private long version;

    DealStory(SplittableRandom random, HistoryWriter writer, String deal, String lead, String otherLead) {
        this.random = random;
        this.writer = writer;
        this.deal = deal;
        this.lead = lead;
        this.otherLead = otherLead;
        this.owner = rep();
    }

    void tell(long openedMillis) {
        int step = chance(0.15) ? 1 : 0;
        ObjectNode opening = record("deal_opened", openedMillis);
        if (chance(0.94)) {
            opening.put("owner", owner);
        } else {
            writer.count("deal without owner");
        }
        if (chance(0.9)) {
            opening.put("stage", LADDER.get(step));
        }
        if (chance(0.6)) {
            amount(opening);
        }
        expect(opening.put("product", "pump"), openedMillis);
        writer.write(opening, openedMillis);
        long millis = climb(step, openedMillis);
        double end = random.nextDouble();
        if (end < 0.5) {
            win(writer.later(millis, 0.5, 20));
        } else if (end < 0.8) {
            lose(writer.later(millis, 0.5, 20));
        } else if (end < 0.88) {
            delete(writer.later(millis, 0.5, 20));
        }
    }

    /** Moves up the ladder, now and then skipping a step or going back one; returns the time of the last record. */
    private long climb(int from, long openedMillis) {
        long millis = openedMillis;
        int moves = random.nextInt(0, 5);
        int step = from;
        for (int move = 0; move < moves; move++) {
            millis = interlude(millis);
            boolean isBack = step > 0 && chance(0.15);
            step = isBack ? step - 1 : Math.min(LADDER.size(), step + (chance(0.2) ? 2 : 1));
            long gapMillis = writer.later(millis, 0.5, 18) - millis;
            millis = writer.free(millis + gapMillis);
            String stage = step < LADDER.size() ? LADDER.get(step) : "contract";
            millis = stage(stage, millis, gapMillis);
            writer.count(isBack ? "step back" : "step on");
            if (step == LADDER.size()) {
                writer.count("stage without limit");
                return millis;
            }
        }
        return millis;
    }

    /** A move; now and then corrected to another time, before the next record. */
    private long stage(String stage, long millis, long gapMillis) {
        ObjectNode move = record("deal_stage_changed", millis).put("stage", stage);
        writer.write(move, millis);
        if (!chance(0.15)) {
            return millis;
        }
        long correctedMillis = writer.free(millis + random.nextLong(-gapMillis / 2, gapMillis / 2));
        writer.write(writer.corrected(move, correctedMillis, ++version), correctedMillis);
        writer.count("corrected time of a move");
        return Math.max(millis, correctedMillis);
    }

    /** What may happen while a deal is in a stage; returns the time of the last record. */
    private long interlude(long fromMillis) {
        long millis = fromMillis;
        if (chance(0.2)) {
            millis = writer.later(millis, 0.2, 8);
            owner = rep();
            writer.write(record("deal_updated", millis).put("owner", owner), millis);
            writer.count("deal changes owner");
        }
        if (chance(0.2)) {
            millis = writer.later(millis, 0.2, 4);
            writer.write(amount(record("deal_updated", millis)), millis);
            writer.count("amount changes");
        }
        if (chance(0.15)) {
            millis = writer.later(millis, 0.2, 4);
            writer.write(expect(record("deal_updated", millis), millis), millis);
            writer.count("another day of closing");
        }
        if (otherLead != null && chance(0.06)) {
            millis = writer.later(millis, 0.2, 4);
            lead = otherLead;
            writer.write(record("deal_updated", millis), millis);
            writer.count("deal changes lead");
        }
        return millis;
    }

    private void win(long wonMillis) {
        ObjectNode winning = record("deal_won", wonMillis);
        if (chance(0.7)) {
            amount(winning);
        }
        writer.write(winning, wonMillis);
        writer.count("won");
        if (chance(0.7)) {
            afterWin(winning, wonMillis);
        }
    }

    private void afterWin(ObjectNode winning, long wonMillis) {
        switch (random.nextInt(8)) {
            case 0 -> {
                writer.write(amount(writer.corrected(winning, wonMillis, ++version)), wonMillis);
                writer.count("corrected amount of a win");
            }
            case 1 -> {
                long millis = writer.later(wonMillis, 1, 30);
                writer.write(amount(record("deal_updated", millis)), millis);
                writer.count("amount changes after the win");
            }
            case 2 -> {
                long millis = writer.later(wonMillis, 1, 30);
                writer.write(record("deal_updated", millis).put("owner", rep()), millis);
                writer.count("handed over after the win");
            }
            case 3 -> {
                long millis = writer.later(wonMillis, 0.1, 2);
                boolean isSoldAgain = deal.hashCode() % 2 == 0;
                if (isSoldAgain) {
                    giveBack(GeneratedCompany.CURRENCY, writer.free(wonMillis + MINUTE_MILLIS));
                }
                writer.write(record("deal_reopened", millis).put("stage", "negotiation"), millis);
                writer.count("reopened after the win");
                long againMillis = writer.later(millis, 1, 30);
                if (isSoldAgain) {
                    writer.write(record("deal_won", againMillis), againMillis);
                    writer.count("given back, reopened and won again");
                } else {
                    lose(againMillis);
                }
            }
            case 4 -> {
                long millis = writer.later(wonMillis, 1, 10);
                writer.write(record("deal_won", millis), millis);
                writer.count("won twice");
            }
            case 5 -> delete(writer.later(wonMillis, 1, 20));
            default -> refund(wonMillis);
        }
    }

    private void refund(long wonMillis) {
        if (owner.equals(GeneratedCompany.CHANGES_TEAM)) {
            return;
        }
        long millis = wonMillis;
        int refunds = random.nextInt(1, 3);
        for (int refund = 0; refund < refunds; refund++) {
            millis = writer.later(millis, 1, 20);
            String currency = refund == 0 ? GeneratedCompany.CURRENCY : GeneratedCompany.POUNDS;
            giveBack(currency, millis);
        }
    }

    private void giveBack(String currency, long millis) {
        writer.write(record("deal_refunded", millis).put("amount", "12.50").put("currency", currency), millis);
        writer.count("refund");
    }

    private void lose(long lostMillis) {
        writer.write(record("deal_lost", lostMillis).put("reason", "price"), lostMillis);
        writer.count("lost");
        if (chance(0.12)) {
            long millis = writer.later(lostMillis, 0.1, 2);
            writer.write(record("deal_reopened", millis), millis);
            writer.count("reopened after the loss");
            if (chance(0.7)) {
                win(writer.later(millis, 1, 20));
            }
        } else if (chance(0.4)) {
            bringBack(writer.later(lostMillis, 0.5, 8));
        }
    }

    /** A status after the loss, with which the lead has a stage again, unless another deal is open. */
    private void bringBack(long millis) {
        String status = chance(0.3) ? "qualified" : "working";
        writer.write(
                writer.activity("lead_status_changed", deal + ":back", millis, lead)
                        .put("status", status),
                millis);
        writer.count("brought back after the loss");
    }

    private void delete(long millis) {
        writer.write(record("deal_deleted", millis), millis);
        writer.count("deleted");
    }

    private ObjectNode record(String kind, long millis) {
        version++;
        return writer.activity(kind, deal + ":" + version, millis, lead)
                .put("deal", deal)
                .put("version", version);
    }

    /** Some days later, or some before: a day that has passed when it is said. */
    private ObjectNode expect(ObjectNode record, long millis) {
        LocalDate day =
                Instant.ofEpochMilli(millis).atZone(GeneratedCompany.ZONE).toLocalDate();
        return record.put(
                "expected_close", day.plusDays(random.nextLong(-3, 60)).toString());
    }

    private ObjectNode amount(ObjectNode record) {
        String amount = random.nextInt(1, 20_000) + "." + random.nextInt(10, 100);
        // By the id and not by chance, so that the other draws stay as they are.
        return switch (Math.floorMod((deal + version).hashCode(), 10)) {
            case 0, 1 -> record.put("amount", amount).put("currency", GeneratedCompany.POUNDS);
            case 2 ->
                record.put("amount", amount.substring(0, amount.indexOf('.'))).put("currency", GeneratedCompany.YEN);
            case 3 -> record.put("amount", amount + "5").put("currency", GeneratedCompany.DINARS);
            default -> record.put("amount", amount).put("currency", GeneratedCompany.CURRENCY);
        };
    }

    private String rep() {
        return GeneratedCompany.REPS.get(random.nextInt(GeneratedCompany.REPS.size()));
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }
}
