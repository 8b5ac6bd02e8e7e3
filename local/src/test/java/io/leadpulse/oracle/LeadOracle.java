package io.leadpulse.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
        String status = "new";
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

    private static WorkCalendar.Stretch plan(OracleEvent plan, long endMillis) {
        return new WorkCalendar.Stretch(plan.timeMillis(), Math.min(OracleTime.millis(plan.text("due")), endMillis));
    }
}
