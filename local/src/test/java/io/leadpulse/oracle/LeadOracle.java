package io.leadpulse.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Contacts, plans and derived stages of one lead. */
final class LeadOracle {
    private static final Set<String> WITHOUT_STAGE = Set.of("nurture", "disqualified", "customer");

    private final List<OracleEvent> facts;
    private final List<OracleDeal> deals;

    /**
     * Reads a lead.
     *
     * @param facts its facts in canonical order
     * @param deals its deals
     */
    LeadOracle(List<OracleEvent> facts, List<OracleDeal> deals) {
        this.facts = facts;
        this.deals = deals;
    }

    Long createdMillis() {
        return firstMillis("lead_created");
    }

    private Long firstMillis(String kind) {
        return facts.stream()
                .filter(fact -> fact.is(kind))
                .map(OracleEvent::timeMillis)
                .findFirst()
                .orElse(null);
    }

    /** An attempt by a person, or an inbound call that was answered, however short it was. */
    private static boolean isContact(OracleEvent fact) {
        if (fact.is("call")) {
            return "outbound".equals(fact.text("direction"))
                    || fact.value().path("connected").asBoolean();
        }
        return fact.is("meeting_completed", "demo_held") || (fact.is("email_sent", "sms_sent") && !fact.isAutomatic());
    }

    private static boolean isInboundMessage(OracleEvent fact) {
        boolean isCall = fact.is("call") && "inbound".equals(fact.text("direction"));
        boolean isReply = fact.is("email_replied", "sms_replied") && !fact.isAutomatic();
        return isCall || isReply || fact.is("form_submitted") || fact.isHandRaise();
    }

    static boolean isTwoWay(OracleEvent fact) {
        return fact.isConnectedCall() || fact.is("email_replied", "sms_replied", "meeting_completed", "demo_held");
    }

    Long firstContactMillis() {
        return facts.stream()
                .filter(LeadOracle::isContact)
                .map(OracleEvent::timeMillis)
                .findFirst()
                .orElse(null);
    }

    /** The latest attempt or inbound message; null without one. */
    OracleEvent lastContact() {
        return facts.stream()
                .filter(fact -> isContact(fact) || isInboundMessage(fact))
                .reduce((one, later) -> later)
                .orElse(null);
    }

    Long salesQualifiedMillis() {
        TreeSet<Long> times = new TreeSet<>();
        facts.stream()
                .filter(fact -> fact.is("lead_status_changed") && "qualified".equals(fact.text("status")))
                .forEach(fact -> times.add(fact.timeMillis()));
        deals.forEach(deal -> times.add(deal.openedMillis()));
        return times.isEmpty() ? null : times.first();
    }

    String statusAt(long millis) {
        String status = isBy(firstContactMillis(), millis) ? "working" : "new";
        for (OracleEvent fact : facts) {
            if (fact.is("lead_status_changed") && fact.timeMillis() <= millis) {
                status = fact.text("status");
            }
        }
        return status;
    }

    /** Owners from a time on. */
    List<OracleDeal.Owner> owners() {
        return facts.stream()
                .filter(fact -> fact.is("lead_assigned"))
                .map(fact -> new OracleDeal.Owner(fact.timeMillis(), fact.text("owner")))
                .toList();
    }

    /** The derived stage at a time; null for none. */
    String stageAt(long millis) {
        if (!isBy(begunMillis(), millis) || deals.stream().anyMatch(deal -> deal.isOpenOrWonAt(millis))) {
            return null;
        }
        List<OracleEvent> statuses = facts.stream()
                .filter(fact -> fact.is("lead_status_changed") && fact.timeMillis() <= millis)
                .toList();
        Long awayMillis = awayMillis(statuses, millis);
        List<String> sinceAway = statuses.stream()
                .filter(fact -> awayMillis == null || fact.timeMillis() > awayMillis)
                .map(fact -> fact.text("status"))
                .toList();
        if (awayMillis != null && sinceAway.isEmpty()) {
            return null;
        }
        if (sinceAway.contains("qualified")) {
            return "qualified";
        }
        return isBy(firstContactMillis(), millis) ? "contacted" : "new";
    }

    private Long begunMillis() {
        Long created = createdMillis();
        return created != null || facts.isEmpty()
                ? created
                : (Long) facts.get(0).timeMillis();
    }

    /** When a status without a stage was last stated, or a deal last closed; null for never. */
    private Long awayMillis(List<OracleEvent> statuses, long millis) {
        TreeSet<Long> times = new TreeSet<>();
        statuses.stream()
                .filter(fact -> WITHOUT_STAGE.contains(fact.text("status")))
                .forEach(fact -> times.add(fact.timeMillis()));
        deals.forEach(deal -> deal.open().forEach(open -> times.add(open.toMillis())));
        return times.floor(millis);
    }

    private static boolean isBy(Long timeMillis, long millis) {
        return timeMillis != null && timeMillis <= millis;
    }

    /** All stays in derived stages, in order. */
    List<OracleDeal.Stay> stays() {
        TreeSet<Long> times = new TreeSet<>();
        facts.forEach(fact -> times.add(fact.timeMillis()));
        deals.forEach(deal -> deal.open().forEach(open -> times.add(open.fromMillis())));
        List<OracleDeal.Stay> stays = new ArrayList<>();
        String stage = null;
        long enteredMillis = 0;
        for (long now : times) {
            String next = stageAt(now);
            if (Objects.equals(stage, next)) {
                continue;
            }
            if (stage != null) {
                stays.add(new OracleDeal.Stay(stage, enteredMillis, now));
            }
            stage = next;
            enteredMillis = now;
        }
        if (stage != null) {
            stays.add(new OracleDeal.Stay(stage, enteredMillis, null));
        }
        return stays;
    }

    /**
     * When meetings and tasks are planned: from the planning until they are due, or until they are done, declined,
     * cancelled, missed or planned anew before.
     */
    List<WorkCalendar.Stretch> plans() {
        List<WorkCalendar.Stretch> plans = new ArrayList<>();
        Map<String, OracleEvent> open = new HashMap<>();
        for (OracleEvent fact : facts) {
            boolean isPlan = fact.is("meeting_scheduled", "meeting_rescheduled", "task_planned");
            boolean isEnd = fact.is(
                    "meeting_completed", "meeting_declined", "meeting_cancelled", "meeting_no_show", "task_done");
            if (isPlan || isEnd) {
                String asset = String.valueOf(fact.asset());
                OracleEvent before = isPlan ? open.put(asset, fact) : open.remove(asset);
                if (before != null) {
                    plans.add(plan(before, fact.timeMillis()));
                }
            }
        }
        open.values().forEach(plan -> plans.add(plan(plan, Long.MAX_VALUE)));
        plans.removeIf(plan -> plan.length() <= 0);
        return plans;
    }

    /** A meeting or task that was planned: when, for when, and when it was ended, which is the greatest number for never. */
    record Plan(String kind, long plannedMillis, long dueMillis, long endMillis) {}

    /** The same plans with their due times; a lead that is disqualified ends them too. */
    List<Plan> plannedActivities() {
        List<Plan> plans = new ArrayList<>();
        for (int at = 0; at < facts.size(); at++) {
            OracleEvent plan = facts.get(at);
            if (!plan.is("meeting_scheduled", "meeting_rescheduled", "task_planned")) {
                continue;
            }
            long endMillis = Long.MAX_VALUE;
            for (OracleEvent later : facts.subList(at + 1, facts.size())) {
                boolean isOfIt = Objects.equals(plan.asset(), later.asset())
                        && later.kind().matches("(meeting|task)_.*")
                        && later.timeMillis() >= plan.timeMillis();
                if ((isOfIt || isDismissal(later)) && endMillis == Long.MAX_VALUE) {
                    endMillis = later.timeMillis();
                }
            }
            plans.add(new Plan(plan.kind(), plan.timeMillis(), OracleTime.millis(plan.text("due")), endMillis));
        }
        return plans;
    }

    /** When it was accepted, rejected or given a status. */
    List<Long> decisions() {
        return facts.stream()
                .filter(fact -> fact.is("lead_accepted", "lead_rejected", "lead_status_changed"))
                .map(OracleEvent::timeMillis)
                .toList();
    }

    String ownerAt(long millis) {
        return OracleDeal.ownerAt(owners(), millis);
    }

    private static boolean isDismissal(OracleEvent fact) {
        return fact.is("lead_status_changed") && "disqualified".equals(fact.text("status"));
    }

    /** Times in which the lead waits for our answer; one that lasts ends at the greatest number. */
    List<WorkCalendar.Stretch> waits() {
        List<WorkCalendar.Stretch> waits = new ArrayList<>();
        Long sinceMillis = null;
        for (OracleEvent fact : facts) {
            if (sinceMillis == null && isInboundMessage(fact) && !isContact(fact)) {
                sinceMillis = fact.timeMillis();
            } else if (sinceMillis != null && (isContact(fact) || isDismissal(fact))) {
                waits.add(new WorkCalendar.Stretch(sinceMillis, fact.timeMillis()));
                sinceMillis = null;
            }
        }
        if (sinceMillis != null) {
            waits.add(new WorkCalendar.Stretch(sinceMillis, Long.MAX_VALUE));
        }
        return waits;
    }

    /** When the lead asked to be contacted. */
    List<Long> handRaises() {
        return facts.stream()
                .filter(OracleEvent::isHandRaise)
                .map(OracleEvent::timeMillis)
                .toList();
    }

    /** Attempts and two-way contacts. */
    List<Long> touches() {
        return facts.stream()
                .filter(fact -> (isContact(fact) && !isInboundCall(fact)) || isTwoWay(fact))
                .map(OracleEvent::timeMillis)
                .toList();
    }

    private static boolean isInboundCall(OracleEvent fact) {
        return fact.is("call") && "inbound".equals(fact.text("direction"));
    }

    /** All times at which anything of the lead or its deals changes. */
    SortedSet<Long> changes() {
        TreeSet<Long> times = new TreeSet<>();
        facts.forEach(fact -> times.add(fact.timeMillis()));
        for (OracleDeal deal : deals) {
            deal.open().forEach(open -> {
                times.add(open.fromMillis());
                times.add(open.toMillis());
            });
            deal.owners().forEach(owner -> times.add(owner.fromMillis()));
        }
        times.remove(Long.MAX_VALUE);
        return times;
    }

    /** Whether somebody is to work on it: in a derived stage, or with an open deal. */
    boolean isWorkedOn(long millis) {
        return stageAt(millis) != null || deals.stream().anyMatch(deal -> isOpen(deal, millis));
    }

    /** Whether that is so, and the lead has no owner, nor has one of its open deals where it has any. */
    boolean isUnowned(long millis) {
        boolean inStage = stageAt(millis) != null;
        boolean hasUnownedDeal = deals.stream().anyMatch(deal -> isOpen(deal, millis) && deal.ownerAt(millis) == null);
        return OracleDeal.ownerAt(owners(), millis) == null && (inStage || hasUnownedDeal);
    }

    private static boolean isOpen(OracleDeal deal, long millis) {
        return deal.open().stream().anyMatch(open -> open.fromMillis() <= millis && millis < open.toMillis());
    }

    private static WorkCalendar.Stretch plan(OracleEvent plan, long endMillis) {
        return new WorkCalendar.Stretch(plan.timeMillis(), Math.min(OracleTime.millis(plan.text("due")), endMillis));
    }
}
