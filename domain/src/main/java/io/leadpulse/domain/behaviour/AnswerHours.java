package io.leadpulse.domain.behaviour;

import io.leadpulse.domain.activity.HourHeat;
import io.leadpulse.domain.activity.WeekHour;
import io.leadpulse.domain.contact.ContactRules;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;
import java.time.ZoneId;
import java.util.List;

/** When a lead answers: a call that became a conversation, a mail or SMS that a person answered. */
public final class AnswerHours {

    private AnswerHours() {}

    /**
     * The lead's answers by hour of the week; attempts without an answer are not in it.
     *
     * @param facts its facts, one per id
     * @param zone by whose wall clock
     * @param atMillis what is later does not count
     */
    public static HourHeat of(List<Fact> facts, ZoneId zone, long atMillis) {
        HourHeat heat = HourHeat.EMPTY;
        for (Fact fact : facts) {
            if (fact.timeMillis() <= atMillis && isAnswer(fact)) {
                heat = heat.plus(WeekHour.at(fact.timeMillis(), zone), true);
            }
        }
        return heat;
    }

    private static boolean isAnswer(Fact fact) {
        EventKind kind = fact.kind();
        return ContactRules.isConversation(fact)
                || ((kind == EventKind.EMAIL_REPLIED || kind == EventKind.SMS_REPLIED) && !fact.automatic());
    }
}
