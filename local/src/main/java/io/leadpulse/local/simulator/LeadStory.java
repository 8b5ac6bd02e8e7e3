package io.leadpulse.local.simulator;

import java.time.LocalTime;
import java.util.List;

/** A lead from its first visit until it is given up or has a deal. */
final class LeadStory {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final List<String> INDUSTRIES = List.of("trades", "retail", "services", "education", "logistics");
    private static final List<String> PAGES =
            List.of("/", "/books", "/desk", "/field", "/customers", "/blog/checklist");
    private static final List<String> REASONS =
            List.of("no budget", "not a business", "student", "wrong contact", "already has a tool");
    /** Of leads that were not qualified at once, so many are never contacted: not worth it. */
    private static final double NOT_WORTH = .17;

    private static final double VIDEO_NOT_WORTH = .5;
    private static final double RAISES_HAND = .65;
    private static final double SALES_QUALIFIED = .37;
    /** Longer than a business day would be a late first contact. */
    private static final double AT_MOST_DAYS_TO_CONTACT = .97;

    private static final double OVERDUE = .02;
    private static final int FAIR_BEFORE = 21;
    /** Of those in nurture, so many are on somebody's list. */
    private static final double NURTURED = .3;

    private static final List<String> NURTURE_METHODS =
            List.of("newsletter", "advert", "content", "personal_mail", "call");

    private static final List<String> TOWNS =
            List.of("Aldern", "Birkau", "Dorfen", "Elmstad", "Farnholt", "Grenhafen", "Holmau", "Isselby", "Kornthal");
    private static final List<String> TRADES =
            List.of("Bakery", "Carpentry", "Dental Care", "Electrics", "Garden Works", "Logistics", "Print");
    /** Of so many one has no organisation: somebody who works alone. */
    private static final int ONE_PERSON_FIRMS = 6;

    private final long seed;
    private final SimulatedCompany company;
    private final WorkTime work;
    private final Journal journal;
    private final Contacts contacts;

    LeadStory(long seed, SimulatedCompany company, Journal journal, Contacts contacts) {
        this.seed = seed;
        this.company = company;
        this.work = company.work();
        this.journal = journal;
        this.contacts = contacts;
    }

    /** Tells all of it up to the deal, if there is one. */
    void tell(LeadPlan lead, Dice dice) {
        boolean byScore = lead.qualifiesFast && lead.source.isWeb() && !dice.chance(RAISES_HAND);
        boolean form = byScore || (lead.source.isWeb() && lead.source != LeadSource.CHECKLIST_VIDEO && dice.chance(.6));
        long touched = arrive(lead, form, dice);
        long turned = lead.created;
        if (lead.qualifiesFast && lead.source == LeadSource.TRADE_FAIR) {
            askAtTheStand(lead, touched + 20 * MINUTE);
        } else if (byScore) {
            turned = lead.created + dice.between(20 * MINUTE, 90 * MINUTE);
            showInterest(lead, turned);
        } else if (lead.qualifiesFast) {
            turned = lead.created + (dice.chance(.6) ? dice.between(5, 40) : dice.between(1_200, 20_000)) * SECOND;
            raiseHand(lead, turned);
        }
        double notWorth = lead.source == LeadSource.CHECKLIST_VIDEO ? VIDEO_NOT_WORTH : NOT_WORTH;
        if (!lead.hasDeal && !lead.qualifiesFast && lead.qualifiesLate == 0 && dice.chance(notWorth)) {
            giveUp(lead, work.plus(lead.created, WorkTime.days(dice.between(.04, .42))), true, dice);
            return;
        }
        long contact = firstContact(lead, turned, byScore, form, dice);
        reach(lead, contact, dice);
        if (lead.hasDeal) {
            goOnToDeal(lead, contact, dice);
        } else {
            goOn(lead, contact, dice);
        }
    }

    /** When it first met us, epoch milliseconds. */
    private long arrive(LeadPlan lead, boolean form, Dice dice) {
        long touched = lead.created;
        if (lead.source.isWeb()) {
            String visitor = lead.visitor();
            int pages = lead.source == LeadSource.CHECKLIST_VIDEO ? dice.below(2) : 1 + dice.below(3);
            for (int i = 0; i < pages; i++) {
                long at = lead.created - (pages - i) * dice.between(30L, 80L) * SECOND;
                journal.page(visitor, at, dice.any(PAGES), lead.source);
            }
            if (lead.source != LeadSource.CHECKLIST_VIDEO || lead.qualifiesFast) {
                String industry = dice.any(INDUSTRIES);
                journal.identify(visitor, lead.created - 9 * SECOND, lead.id, industry, 1 + dice.below(60));
            }
            if (form) {
                journal.track(visitor, lead.created - 8 * SECOND, "Form Submitted", "form", "guide", lead.product);
            }
        } else if (lead.source == LeadSource.TRADE_FAIR) {
            long visited = work.at(company.today() - FAIR_BEFORE + dice.below(2), LocalTime.of(10, 0));
            touched = visited + dice.between(0L, 7 * 60L) * MINUTE;
            journal.act("event_visited", lead.id, touched)
                    .put("asset", "fair-autumn")
                    .from(lead.source)
                    .addLate(lead.created);
        }
        boolean assignedLater = !lead.qualifiesFast && dice.chance(.1);
        Journal.Act created = journal.act("lead_created", lead.id, lead.created)
                .put("product", lead.product.title())
                .put("direction", lead.source == LeadSource.OUTBOUND_LIST ? "outbound" : "inbound")
                .from(lead.source);
        if (!lead.source.isWeb()) {
            created.attribute("industry", dice.any(INDUSTRIES));
        }
        String organisation = organisation(lead.id);
        if (organisation != null) {
            created.put("organisation", organisation);
        }
        if (assignedLater) {
            created.add();
            journal.act("lead_assigned", lead.id, work.plus(lead.created, dice.between(1, 20) * MINUTE))
                    .put("owner", lead.owner)
                    .add();
        } else {
            created.put("owner", lead.owner).add();
        }
        return touched;
    }

    /** An invented name by the id alone, so that no other story changes with it; null for somebody who works alone. */
    private static String organisation(String lead) {
        int number = Math.floorMod(lead.hashCode(), ONE_PERSON_FIRMS * TOWNS.size() * TRADES.size());
        if (number % ONE_PERSON_FIRMS == 0) {
            return null;
        }
        int name = number / ONE_PERSON_FIRMS;
        return TOWNS.get(name % TOWNS.size()) + ' ' + TRADES.get(name / TOWNS.size());
    }

    /** Known to us only with the list. */
    private void askAtTheStand(LeadPlan lead, long millis) {
        journal.act("callback_requested", lead.id, millis)
                .put("product", lead.product.title())
                .from(lead.source)
                .addLate(lead.created);
    }

    /** Acts worth more than the threshold, one after another. */
    private void showInterest(LeadPlan lead, long millis) {
        String visitor = lead.visitor();
        journal.page(visitor, millis - 300 * SECOND, "/pricing", lead.source);
        journal.track(visitor, millis - 240 * SECOND, "Asset Downloaded", "asset", "buyers-guide", lead.product);
        journal.track(visitor, millis - 200 * SECOND, "Asset Downloaded", "asset", "price-sheet", lead.product);
        journal.track(visitor, millis - 140 * SECOND, "Newsletter Signed Up", "form", "newsletter", null);
        journal.track(visitor, millis - 80 * SECOND, "Signed Up", "form", "trial", lead.product);
        journal.track(visitor, millis, "Form Submitted", "form", "contact", lead.product);
    }

    private void raiseHand(LeadPlan lead, long millis) {
        if (lead.source.isWeb()) {
            journal.page(lead.visitor(), millis - 4 * SECOND, "/pricing", lead.source);
            journal.track(lead.visitor(), millis, "Demo Requested", "form", "demo", lead.product);
        } else {
            journal.act("callback_requested", lead.id, millis)
                    .put("product", lead.product.title())
                    .from(lead.source)
                    .add();
        }
    }

    private long firstContact(LeadPlan lead, long turned, boolean byScore, boolean form, Dice dice) {
        long after;
        if (lead.qualifiesFast && !byScore) {
            after = work.plus(turned, Contacts.raisedMillis(dice));
        } else if (form) {
            after = work.plus(turned, Contacts.answerMillis(dice));
        } else {
            double days = dice.logNormal(.3, .6);
            after = work.plus(
                    turned, WorkTime.days(isOverdue(lead, dice) ? days * 2 : Math.min(days, AT_MOST_DAYS_TO_CONTACT)));
        }
        // A deal has its time; what comes before it fits in.
        return lead.hasDeal
                ? Math.max(turned + MINUTE, Math.min(after, work.minus(lead.salesQualified, 20 * MINUTE)))
                : after;
    }

    /** Not Darya's: what is wrong with hers is the story's pile, and nothing else. */
    private static boolean isOverdue(LeadPlan lead, Dice dice) {
        return dice.chance(OVERDUE) && !lead.owner.equals(SimulatedCompany.DARYA);
    }

    private void reach(LeadPlan lead, long contact, Dice dice) {
        boolean byCall = lead.qualifiesFast
                || lead.source == LeadSource.OUTBOUND_LIST
                || (lead.source != LeadSource.CHECKLIST_VIDEO && dice.chance(.35));
        if (byCall) {
            contacts.call(lead.id, lead.owner, contact, lead.source == LeadSource.OUTBOUND_LIST, dice);
        } else {
            contacts.mailing(lead.id, lead.owner, contact, work.plus(contact, WorkTime.days(1.4)), dice);
        }
    }

    private void goOnToDeal(LeadPlan lead, long contact, Dice dice) {
        long middle = contact + (lead.salesQualified - contact) / 2;
        if (work.isOpen(middle)) {
            contacts.call(lead.id, lead.owner, middle, false, dice);
        }
        if (lead.qualifiesLate > 0) {
            raiseHand(lead, lead.qualifiesLate);
            contacts.mail(lead.id, lead.owner, lead.qualifiesLate + 5 * MINUTE, "answer");
        }
        status(lead, lead.salesQualified, "qualified", null);
    }

    private void goOn(LeadPlan lead, long contact, Dice dice) {
        long end = work.plus(
                contact, WorkTime.days(isOverdue(lead, dice) ? dice.between(5.2, 8) : dice.between(1.5, 4.2)));
        if (lead.qualifiesFast && dice.chance(SALES_QUALIFIED)) {
            status(lead, end, "qualified", null);
            contacts.mail(lead.id, lead.owner, end + 5 * MINUTE, "next steps");
            end = work.plus(end, WorkTime.days(dice.between(.8, 4.6)));
        } else if (lead.source == LeadSource.OUTBOUND_LIST || dice.chance(.3)) {
            long second = work.plus(contact, WorkTime.days(dice.between(.7, 1.4)));
            contacts.call(lead.id, lead.owner, second, lead.source == LeadSource.OUTBOUND_LIST, dice);
        }
        if (lead.qualifiesLate > 0) {
            if (end < lead.qualifiesLate) {
                giveUp(lead, end, false, dice);
                status(lead, lead.qualifiesLate + 2 * SECOND, "working", null);
            }
            raiseHand(lead, lead.qualifiesLate);
            long answered = work.plus(lead.qualifiesLate, Contacts.raisedMillis(dice));
            contacts.call(lead.id, lead.owner, answered, false, dice);
            end = work.plus(Math.max(end, answered), WorkTime.days(dice.between(1.0, 4.0)));
        }
        giveUp(lead, end, false, dice);
    }

    private void giveUp(LeadPlan lead, long millis, boolean worthless, Dice dice) {
        boolean disqualified = worthless || dice.chance(.4);
        status(lead, millis, disqualified ? "disqualified" : "nurture", disqualified ? dice.any(REASONS) : null);
        if (!disqualified) {
            nurture(lead, millis, lead.qualifiesLate > millis ? lead.qualifiesLate : company.startMillis());
        }
    }

    /** What is sent to it while it is in nurture. Dice and ids of its own, so that the rest of the story stays as it is. */
    private void nurture(LeadPlan lead, long fromMillis, long untilMillis) {
        // It may come there twice: before it raises its hand late, and after.
        String stay =
                lead.id + (lead.qualifiesLate > 0 && fromMillis > lead.qualifiesLate ? "-nurture-again-" : "-nurture-");
        Dice dice = Dice.of(seed, stay, 0);
        if (!dice.chance(NURTURED)) {
            return;
        }
        int number = 0;
        long at = fromMillis + dice.between(2, 9) * DAY + dice.between(0L, HOUR);
        while (at < untilMillis) {
            String method = dice.of(NURTURE_METHODS, .6, .15, .1, .1, .05);
            boolean byPerson = method.equals("personal_mail") || method.equals("call");
            Journal.Act touch = journal.act("nurture_touch", lead.id, at, stay + number++)
                    .put("channel", method)
                    .put("automatic", !byPerson);
            if (byPerson) {
                touch.put("actor", company.acting(lead.owner, at));
            }
            touch.add();
            at += dice.between(14, 29) * DAY;
        }
    }

    private void status(LeadPlan lead, long millis, String status, String reason) {
        Journal.Act act = journal.act("lead_status_changed", lead.id, millis)
                .put("status", status)
                .put("actor", company.acting(lead.owner, millis));
        if (reason != null) {
            act.put("reason", reason);
        }
        act.add();
    }
}
