package io.leadpulse.schemas.config;

import io.leadpulse.domain.alert.Learnt;
import io.leadpulse.domain.event.EventKind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what was learnt from other leads; a list that is given replaces that of the version before. */
final class LearntReader {
    private static final long MILLI_DAY_MILLIS = 86_400L;
    private static final String MAX_DAYS = "3650";
    private static final String MAX_LIFT = "1000";
    private static final double THOUSANDTHS = 1_000;
    private static final long MAX_LEADS = 1_000_000_000L;
    private static final Map<String, EventKind> ACTS = acts();

    private LearntReader() {}

    static Learnt read(Section learnt, Learnt before) {
        Map<String, Learnt.Silence> silences = silences(learnt.sections("silence"));
        Map<EventKind, Learnt.LossAct> lossActs = lossActs(learnt.sections("loss_acts"));
        Learnt read = new Learnt(
                learnt.gives("silence") ? silences : before.silences(),
                learnt.gives("loss_acts") ? lossActs : before.lossActs(),
                learnt.integerOrNull("lost_leads", before.lostLeads(), 0, MAX_LEADS));
        learnt.end();
        return read;
    }

    private static Map<String, Learnt.Silence> silences(List<Section> sections) {
        Map<String, Learnt.Silence> silences = new HashMap<>();
        for (Section each : sections) {
            String stage = each.requiredText("stage");
            each.require("days", "a number of days");
            Long days = each.scaled("days", null, 3, "0.001", MAX_DAYS, "days");
            Long wonLeads = requiredCount(each, "won_leads");
            each.end();
            if (stage == null || days == null || wonLeads == null) {
                continue;
            }
            if (silences.put(stage, new Learnt.Silence(days * MILLI_DAY_MILLIS, wonLeads)) != null) {
                each.refuse("stage", "each stage once");
            }
        }
        return silences;
    }

    private static Map<EventKind, Learnt.LossAct> lossActs(List<Section> sections) {
        Map<EventKind, Learnt.LossAct> lossActs = new HashMap<>();
        for (Section each : sections) {
            each.require("act", "a kind of event of a lead");
            EventKind act = each.choice("act", null, ACTS);
            each.require("lift", "a number");
            Long lift = each.scaled("lift", null, 3, "0", MAX_LIFT, "times");
            Long leads = requiredCount(each, "leads");
            each.end();
            if (act == null || lift == null || leads == null) {
                continue;
            }
            if (lossActs.put(act, new Learnt.LossAct(lift / THOUSANDTHS, leads)) != null) {
                each.refuse("act", "each act once");
            }
        }
        return lossActs;
    }

    private static Long requiredCount(Section section, String key) {
        section.require(key, "a number of leads");
        return section.integerOrNull(key, null, 0, MAX_LEADS);
    }

    private static Map<String, EventKind> acts() {
        Map<String, EventKind> acts = new LinkedHashMap<>();
        for (EventKind kind : EventKind.values()) {
            if (kind.stream() == EventKind.Stream.ACTIVITY || kind.stream() == EventKind.Stream.BEHAVIOUR) {
                acts.put(kind.wireName(), kind);
            }
        }
        return acts;
    }
}
