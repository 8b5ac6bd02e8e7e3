package io.leadpulse.domain.contact;

import io.leadpulse.domain.event.Direction;
import io.leadpulse.domain.event.EventKind;
import io.leadpulse.domain.event.Fact;

/**
 * What one fact is as a contact with the lead: the one place where "attempt", "two-way" and "inbound message" are
 * decided. Pure; a fact alone decides, so the order of arrival cannot matter.
 */
public final class ContactRules {

    /** A connected call of at least so many seconds is a conversation; a shorter one was a wrong moment. */
    public static final int CONVERSATION_SECONDS = 30;

    private ContactRules() {}

    /**
     * We tried to reach the lead, by a person: a call made, a mail or SMS sent, a meeting or demo held. A call, mail or
     * SMS that nobody said to be inbound is taken as ours. Sendings of a machine are no attempts.
     */
    public static boolean isAttempt(Fact fact) {
        return switch (fact.kind()) {
            case CALL, EMAIL_SENT, SMS_SENT -> fact.direction() != Direction.INBOUND && !fact.automatic();
            case MEETING_COMPLETED, DEMO_HELD -> true;
            default -> false;
        };
    }

    /** A call in either direction that reached a person and lasted. */
    public static boolean isConversation(Fact fact) {
        return switch (fact.kind()) {
            case CALL -> fact.connected() && fact.seconds() >= CONVERSATION_SECONDS;
            default -> false;
        };
    }

    /** Both sides took part: a conversation, a reply that no machine wrote, a meeting or demo held. */
    public static boolean isTwoWay(Fact fact) {
        return switch (fact.kind()) {
            case CALL -> isConversation(fact);
            case EMAIL_REPLIED, SMS_REPLIED -> !fact.automatic();
            case MEETING_COMPLETED, DEMO_HELD -> true;
            default -> false;
        };
    }

    /**
     * The lead turned to us: a call, mail or SMS from it, a reply, a form, a demo, quote or call-back requested; not
     * when a machine wrote it.
     */
    public static boolean isInboundMessage(Fact fact) {
        if (fact.automatic()) {
            return false;
        }
        return switch (fact.kind()) {
            case CALL, EMAIL_SENT, SMS_SENT -> fact.direction() == Direction.INBOUND;
            case EMAIL_REPLIED, SMS_REPLIED, FORM_SUBMITTED -> true;
            default -> fact.kind().isHandRaise();
        };
    }

    /** An inbound call that a person took: the message and our answer in one. */
    public static boolean isAnsweredCall(Fact fact) {
        return switch (fact.kind()) {
            case CALL -> fact.direction() == Direction.INBOUND && fact.connected() && !fact.automatic();
            default -> false;
        };
    }

    /** An inbound call that nobody took. */
    public static boolean isMissedCall(Fact fact) {
        return switch (fact.kind()) {
            case CALL -> fact.direction() == Direction.INBOUND && !fact.connected() && !fact.automatic();
            default -> false;
        };
    }

    /** What ends "reply owed" and makes the first contact: an attempt, or an inbound call that a person took. */
    public static boolean isAnswer(Fact fact) {
        return isAttempt(fact) || isAnsweredCall(fact);
    }

    /**
     * Anything that the lead did by itself, on the web or towards us; what keeps a call from being cold. Acts of
     * machines are not the lead's.
     */
    public static boolean isInboundAct(Fact fact) {
        return isInboundMessage(fact) || (!fact.automatic() && fact.kind().stream() == EventKind.Stream.BEHAVIOUR);
    }

    /** An act by which the lead itself makes the first contact: a message, a sign-up, a visit of our stand. */
    static boolean makesInboundLead(Fact fact) {
        return switch (fact.kind()) {
            case NEWSLETTER_SIGNED_UP, SITE_SIGNED_UP, EVENT_VISITED -> !fact.automatic();
            default -> isInboundMessage(fact);
        };
    }

    /** A contact that we began, by a person or a machine. */
    static boolean makesOutboundLead(Fact fact) {
        return switch (fact.kind()) {
            case EMAIL_SENT, SMS_SENT -> fact.direction() != Direction.INBOUND;
            default -> isAttempt(fact);
        };
    }
}
