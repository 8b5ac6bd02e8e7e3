package io.leadpulse.domain.event;

/**
 * What each kind of event feeds: what stays empty while a source never tells it. One switch without a default, so that
 * a kind cannot be added without saying what for. Words for people; docs/connecting.md has them as a table, with where each is shown.
 */
public final class KindUse {

    /** Of kinds that add to a count by kind only. */
    private static final String NO_NUMBER_OF_ITS_OWN = "no number of its own; counted among activities by kind";

    private KindUse() {}

    /** What stays empty without events of this kind; one line. */
    public static String words(EventKind kind) {
        return switch (kind) {
            case LEAD_CREATED -> "when leads were created; without it the first that is heard of a lead stands for it";
            case LEAD_UPDATED -> "attributes of leads that change: fit, win probability, project end";
            case LEAD_ASSIGNED -> "owners of leads: numbers by rep and team, unassigned leads";
            case LEAD_ACCEPTED -> "acceptance by sales without a first attempt";
            case LEAD_REJECTED -> "rejected leads and their reasons";
            case LEAD_STATUS_CHANGED -> "statuses: qualified without a deal, disqualified, nurture";
            case LEAD_MERGED -> "one history of leads that are the same";
            case LEAD_UNMERGED -> "merges that are taken back";
            case LEAD_CONVERTED -> "leads that leave the stages without a deal";
            case LEAD_DELETED -> "leads that are taken back";
            case CALL -> "calls, conversations, first contact by phone, missed calls to answer";
            case EMAIL_SENT -> "mails sent and all their rates, first contact by mail";
            case EMAIL_DELIVERED -> "mails delivered, of which shares of answers are made";
            case EMAIL_OPENED -> "mails opened";
            case EMAIL_CLICKED -> "mails clicked";
            case EMAIL_REPLIED -> "answers by mail, replies owed";
            case EMAIL_BOUNCED -> NO_NUMBER_OF_ITS_OWN;
            case EMAIL_UNSUBSCRIBED -> "leads that unsubscribed: points taken off, a sign of falling off";
            case SMS_SENT -> "SMS sent and all their rates, first contact by SMS";
            case SMS_DELIVERED -> "SMS delivered, of which shares of answers are made";
            case SMS_REPLIED -> "answers by SMS, replies owed";
            case SMS_FAILED -> NO_NUMBER_OF_ITS_OWN;
            case MEETING_SCHEDULED -> "meetings booked, cold call to meeting, planned next steps";
            case MEETING_RESCHEDULED -> "meetings that were put off: without it they stand on the first day planned";
            case MEETING_COMPLETED -> "meetings held, show rate";
            case MEETING_DECLINED -> "meetings declined";
            case MEETING_CANCELLED -> "meetings cancelled";
            case MEETING_NO_SHOW -> "meetings missed, without which everybody seems to show up";
            case DEMO_HELD -> "demos held and what they bring";
            case TASK_PLANNED -> "planned tasks: leads with only tasks planned count as having no next step";
            case TASK_DONE -> "tasks done: without it planned ones stay overdue";
            case NURTURE_TOUCH -> "touches in nurture and answers to them";
            case ALERT_SNOOZED -> "alerts that were put off in the CRM; the page of a lead says it too";
            case ALERT_HANDLED -> "alerts that were dealt with in the CRM; the page of a lead says it too";
            case DEAL_OPENED -> "when deals were opened, sales cycles, new opportunities";
            case DEAL_UPDATED -> "amounts, owners and dates of close that change while a deal is open";
            case DEAL_STAGE_CHANGED -> "stages of deals: stuck deals, time in stage, forecast";
            case DEAL_WON -> "sales: goals, pace, win rates, customers";
            case DEAL_LOST -> "lost deals and their reasons; without it every win rate is 100 %";
            case DEAL_REOPENED -> "deals that were closed by mistake";
            case DEAL_DELETED -> "deals that are taken back";
            case DEAL_REFUNDED -> "refunds: without it sales are too high";
            case PAGE_VIEWED -> "web visits, landing pages, visitors";
            case CAREERS_PAGE_VIEWED -> "points taken off people who look for work";
            case PRICE_LIST_VIEWED -> "views of price lists";
            case ASSET_DOWNLOADED -> "downloads";
            case FORM_VIEWED -> "forms viewed, of which the share sent is made";
            case FORM_STARTED -> "forms started and given up";
            case FORM_SUBMITTED -> "forms sent";
            case SOCIAL_ACTION -> "social actions";
            case EVENT_VISITED -> "fairs and events visited";
            case NEWSLETTER_SIGNED_UP -> "sign-ups to newsletters";
            case SITE_SIGNED_UP -> "sign-ups to the site";
            case DEMO_REQUESTED -> "demos asked for: leads that qualify by it";
            case QUOTE_REQUESTED -> "quotes asked for: leads that qualify by it";
            case CALLBACK_REQUESTED -> "call-backs asked for: leads that qualify by it";
            case IDENTIFIED -> "which visitor is which lead: without it no web act belongs to a lead";
            case OTHER_BEHAVIOUR -> "tracked web events of other names; points by rules that name them";
            case CAMPAIGN_STARTED -> "marks of campaigns on boards";
            case CAMPAIGN_SPEND -> "spend, cost per lead";
            case PROCESS_CHANGED -> "marks of changes on boards, and what each did";
        };
    }
}
