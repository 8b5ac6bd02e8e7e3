package io.leadpulse.local.simulator;

import java.time.LocalTime;

/** Calls and mails of reps, and what leads answer. */
final class Contacts {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    /** Ten days ago a new mail template came, which works worse. */
    private static final int NEW_TEMPLATE_BEFORE = 10;

    private static final double REPLIES_BEFORE = .094;
    private static final double REPLIES_SINCE = .056;
    private static final double OPENED = .3;
    /** Ines reaches 9 % where the team reaches 22 %. */
    private static final double INES_CONNECTS = .41;

    private final SimulatedCompany company;
    private final WorkTime work;
    private final Journal journal;
    private final long newTemplateMillis;

    Contacts(SimulatedCompany company, Journal journal) {
        this.company = company;
        this.work = company.work();
        this.journal = journal;
        this.newTemplateMillis = work.at(company.today() - NEW_TEMPLATE_BEFORE, WorkTime.OPENS);
    }

    /** Whether the first mails of the new template are out. */
    long newTemplateMillis() {
        return newTemplateMillis;
    }

    /** A call of ours. */
    void call(String lead, String rep, long millis, boolean cold, Dice dice) {
        long at = rep.equals(SimulatedCompany.INES) ? atLunch(millis, dice) : millis;
        boolean connected = dice.chance(connects(rep, at));
        Journal.Act act = journal.act("call", lead, at)
                .put("actor", company.acting(rep, at))
                .put("direction", "outbound")
                .put("connected", connected)
                .put("seconds", connected ? dice.between(45L, 420L) : 0);
        if (cold) {
            act.put("cold", true);
        }
        act.add();
    }

    /** Ines calls when nobody answers; never earlier than planned. */
    private long atLunch(long millis, Dice dice) {
        long lunch = work.at(work.day(millis), LocalTime.of(13, 0)) + dice.between(0L, 55 * MINUTE);
        return lunch >= millis && work.works(work.day(millis)) ? lunch : millis;
    }

    private double connects(String rep, long millis) {
        double usual =
                switch (work.time(millis).getHour()) {
                    case 10, 11 -> .29;
                    case 16 -> .31;
                    case 13 -> .14;
                    default -> .20;
                };
        return rep.equals(SimulatedCompany.INES) ? usual * INES_CONNECTS : usual;
    }

    /** A mail of ours that nobody answers. */
    void mail(String lead, String rep, long millis, String asset) {
        sent(lead, rep, millis, asset).add();
    }

    private Journal.Act sent(String lead, String rep, long millis, String asset) {
        return journal.act("email_sent", lead, millis)
                .put("actor", company.acting(rep, millis))
                .put("direction", "outbound")
                .put("asset", asset);
    }

    /**
     * A mail from the template of its day; the lead may answer it, which we answer within hours.
     *
     * @param until what would come after this time does not come any more
     */
    void mailing(String lead, String rep, long millis, long until, Dice dice) {
        boolean isNew = millis >= newTemplateMillis;
        String asset = isNew ? "template-2" : "template-1";
        sent(lead, rep, millis, asset).put("template", asset).add();
        journal.act("email_delivered", lead, millis + 4_000).put("asset", asset).add();
        if (dice.chance(OPENED)) {
            journal.act("email_opened", lead, millis + dice.between(5 * MINUTE, 5 * HOUR))
                    .put("asset", asset)
                    .add();
        }
        boolean replies = dice.chance(isNew ? REPLIES_SINCE : REPLIES_BEFORE);
        long replied = work.plus(millis, dice.between(20 * MINUTE, 9 * HOUR));
        long answered = work.plus(replied, answerMillis(dice));
        if (replies && answered < until) {
            journal.act("email_replied", lead, replied).put("asset", asset).add();
            mail(lead, rep, answered, "answer");
        }
    }

    /** How long a message waits for our answer, in working time: seldom more than four hours. */
    static long answerMillis(Dice dice) {
        return Math.round(dice.logNormal(50, .65) * MINUTE);
    }

    /** How long a lead that raised its hand waits, in working time. */
    static long raisedMillis(Dice dice) {
        return Math.round(dice.logNormal(8, .5) * MINUTE);
    }
}
