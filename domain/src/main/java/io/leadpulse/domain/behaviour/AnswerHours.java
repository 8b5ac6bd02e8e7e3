package io.leadpulse.domain.behaviour;

import io.leadpulse.domain.activity.HourHeat;
import io.leadpulse.domain.activity.WeekHour;
import io.leadpulse.domain.contact.ContactRules;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.rate.Rate;
import java.time.ZoneId;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** When a lead answers: a call that became a conversation, a mail or SMS that a person answered. */
public final class AnswerHours {
    private static final Rate ONE = new Rate(1, 1);

    private AnswerHours() {}

    /**
     * The lead's answers by hour of the week; attempts without an answer are not in it.
     *
     * @param facts its facts, one per id
     * @param zone by whose wall clock
     * @param atMillis what is later does not count
     */
    public static HourHeat of(List<Fact> facts, ZoneId zone, long atMillis) {
        SortedMap<WeekHour, Rate> answers = new TreeMap<>();
        for (Fact fact : facts) {
            if (fact.timeMillis() <= atMillis && isAnswer(fact)) {
                answers.merge(WeekHour.at(fact.timeMillis(), zone), ONE, Rate::plus);
            }
        }
        return new HourHeat(answers);
    }

    private static boolean isAnswer(Fact fact) {
        EventKind kind = fact.kind();
        return ContactRules.isConversation(fact)
                || ((kind == EventKind.EMAIL_REPLIED || kind == EventKind.SMS_REPLIED) && !fact.automatic());
    }
}
