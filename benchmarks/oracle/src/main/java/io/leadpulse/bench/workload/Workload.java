package io.leadpulse.bench.workload;

import io.leadpulse.schemas.Topics;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Makes the records of a {@link WorkloadSpec}, one after the other, with little state: what happened to each lead so far. The
 * history itself is consistent (a deal is opened before it moves, and closed once), but a hundredth of the records arrive hours or days
 * after they happened, a hundredth arrive a second time, and a thousandth are broken.
 */
public final class Workload {
    /** Of 100 events so many are done on the web; and so many up to here are activities or on the web; the rest is said of deals. */
    private static final int WEB_OF_100 = 60;

    private static final int WEB_OR_ACTIVITY_OF_100 = 85;
    /** After so many acts a visitor comes with another device. */
    private static final int ACTS_PER_VISITOR = 150;

    /** The act with which a visitor says who he is. */
    private static final int IDENTIFIES_AT = 2;

    private static final int DETAILS = 1_000_000;
    private static final int STAGES = 4;
    private static final byte NO_DEAL = 0;
    private static final byte CLOSED = STAGES + 1;

    private final WorkloadSpec spec;
    private final SplittableRandom random;
    private final LeadChoice leads;
    private final boolean[] known;
    private final int[] webActs;
    private final int[] deals;
    /** Of the newest deal: none, 1 to 4 for its stage, or closed. */
    private final byte[] dealStage;
    /** Late and repeated records, by the place at which they come. */
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparingLong(Waiting::place)
            .thenComparingLong(each -> each.draft().serial()));

    private long serial;
    private int hotEvents;

    /**
     * Begins.
     *
     * @param eventsPerLead no lead has more than this on average
     */
    Workload(WorkloadSpec spec, int eventsPerLead) {
        this.spec = spec;
        random = new SplittableRandom(spec.seed());
        leads = new LeadChoice(spec.leads(), (double) eventsPerLead / spec.events());
        known = new boolean[spec.leads()];
        webActs = new int[spec.leads()];
        deals = new int[spec.leads()];
        dealStage = new byte[spec.leads()];
    }

    private record Waiting(long place, Draft draft) {}

    /** Gives every record in the order of arrival. */
    public static void forEach(WorkloadSpec spec, Consumer<WorkloadRecord> records) {
        forEach(spec, lead -> true, records);
    }

    /**
     * Gives the records that are about some of the leads, in the order of arrival. Behaviour of a visitor and all records of a deal are
     * about one lead.
     *
     * @param wanted by the number of the lead
     */
    public static void forEach(WorkloadSpec spec, IntPredicate wanted, Consumer<WorkloadRecord> records) {
        RecordWriter writer = new RecordWriter(spec);
        Workload workload = new Workload(spec, WorkloadSpec.MAX_EVENTS_PER_LEAD);
        for (long place = 0; place < spec.events(); place++) {
            Draft draft = workload.next(place);
            if (wanted.test(draft.lead())) {
                records.accept(writer.write(draft));
            }
        }
        for (int partition = 0; partition < WorkloadSpec.PARTITIONS; partition++) {
            for (String topic : new String[] {Topics.ACTIVITIES, Topics.BEHAVIOUR}) {
                WorkloadRecord closing = writer.closing(topic, partition);
                if (wanted.test(closing.lead())) {
                    records.accept(closing);
                }
            }
        }
    }

    /** What arrives at a place. */
    Draft next(long place) {
        long left = spec.events() - place;
        while (waiting.size() < left && (waiting.isEmpty() || waiting.peek().place() > place)) {
            double drawn = random.nextDouble();
            if (drawn < WorkloadSpec.BROKEN) {
                return broken();
            }
            Draft draft = fresh();
            boolean isLate = drawn < WorkloadSpec.BROKEN + WorkloadSpec.LATE;
            boolean isRepeated = !isLate && drawn < WorkloadSpec.BROKEN + WorkloadSpec.LATE + WorkloadSpec.REPEATED;
            if (isLate || isRepeated) {
                waiting.add(new Waiting(place + delay(), draft));
            }
            if (!isLate) {
                return draft;
            }
        }
        return waiting.remove().draft();
    }

    /** In places, at least one. */
    private long delay() {
        long millis = random.nextLong(WorkloadSpec.MIN_DELAY_MILLIS, WorkloadSpec.MAX_DELAY_MILLIS);
        return Math.max(1, millis * spec.events() / WorkloadSpec.SPAN_MILLIS);
    }

    private Draft fresh() {
        int lead = nextLead();
        int drawn = random.nextInt(100);
        if (!known[lead]) {
            known[lead] = true;
            if (drawn % 2 == 0) {
                return draft(Act.LEAD_CREATED, lead, 0, false);
            }
        }
        if (drawn < WEB_OF_100) {
            return web(lead);
        }
        return drawn < WEB_OR_ACTIVITY_OF_100 ? draft(activity(random.nextInt(100)), lead, 0, false) : deal(lead);
    }

    /** Where no lead is hot nothing is drawn for it, so that all else is drawn as ever. */
    private int nextLead() {
        if (spec.hotLeadShare() > 0 && random.nextDouble() < spec.hotLeadShare()) {
            // The least frequent ones, which have next to nothing beside.
            return spec.leads() - 1 - hotEvents++ / WorkloadSpec.HOT_LEAD_EVENTS;
        }
        return leads.next(random);
    }

    private Draft web(int lead) {
        int acts = webActs[lead]++;
        int visitor = acts / ACTS_PER_VISITOR;
        int act = acts % ACTS_PER_VISITOR;
        if (act == IDENTIFIES_AT) {
            return draft(Act.IDENTIFY, lead, visitor, true);
        }
        return draft(webAct(random.nextInt(200)), lead, visitor, act > IDENTIFIES_AT && random.nextBoolean());
    }

    private static Act webAct(int of200) {
        if (of200 < 150) {
            return Act.PAGE;
        }
        return switch (of200) {
            case 150, 151, 152, 153, 154, 155, 156, 157 -> Act.PRICE_PAGE;
            case 158, 159 -> Act.CAREERS_PAGE;
            case 160, 161, 162, 163, 164, 165, 166, 167 -> Act.DOWNLOAD;
            case 168, 169, 170, 171 -> Act.FORM;
            case 172 -> Act.DEMO_FORM;
            case 173 -> Act.DEMO_REQUEST;
            case 174, 175, 176, 177 -> Act.SOCIAL;
            case 178 -> Act.EVENT;
            case 179 -> Act.NEWSLETTER;
            default -> Act.VIDEO;
        };
    }

    private static Act activity(int of100) {
        if (of100 < 30) {
            return Act.EMAIL_SENT;
        }
        if (of100 < 50) {
            return Act.EMAIL_OPENED;
        }
        if (of100 < 55) {
            return Act.EMAIL_SCANNED;
        }
        if (of100 < 62) {
            return Act.EMAIL_CLICKED;
        }
        if (of100 < 85) {
            return Act.CALL_OUTBOUND;
        }
        return switch (of100) {
            case 85, 86, 87 -> Act.CALL_INBOUND;
            case 88, 89, 90, 91, 92 -> Act.MEETING_COMPLETED;
            case 93, 94 -> Act.MEETING_NO_SHOW;
            case 95 -> Act.EMAIL_UNSUBSCRIBED;
            default -> Act.EMAIL_REPLIED;
        };
    }

    private Draft deal(int lead) {
        byte stage = dealStage[lead];
        int drawn = random.nextInt(100);
        if (stage == NO_DEAL || (stage == CLOSED && drawn >= 30)) {
            dealStage[lead] = 1;
            return draft(Act.DEAL_OPENED, lead, deals[lead]++, false);
        }
        int deal = deals[lead] - 1;
        if (stage == CLOSED || drawn < 10) {
            return draft(Act.DEAL_AMOUNT, lead, deal, false);
        }
        if (drawn < 20) {
            return draft(Act.DEAL_HANDOVER, lead, deal, false);
        }
        if (drawn < 35) {
            dealStage[lead] = CLOSED;
            return draft(Act.DEAL_LOST, lead, deal, false);
        }
        if (drawn < 40 || stage == STAGES) {
            dealStage[lead] = CLOSED;
            return draft(Act.DEAL_WON, lead, deal, false);
        }
        dealStage[lead]++;
        return new Draft(Act.DEAL_STAGE_CHANGED, serial, time(), lead, deal, dealStage[lead] - 1, false);
    }

    private Draft broken() {
        Act[] acts = {
            Act.BROKEN_JSON,
            Act.BROKEN_NO_LEAD,
            Act.BROKEN_KIND,
            Act.BROKEN_TIME,
            Act.BROKEN_NO_ID,
            Act.BROKEN_AMOUNT,
            Act.BROKEN_NO_VISITOR
        };
        return draft(acts[random.nextInt(acts.length)], leads.next(random), 0, false);
    }

    private Draft draft(Act act, int lead, int place, boolean named) {
        return new Draft(act, serial, time(), lead, place, random.nextInt(DETAILS), named);
    }

    /** Each event has a millisecond of its own. */
    private long time() {
        return WorkloadSpec.START_MILLIS + serial++ * WorkloadSpec.SPAN_MILLIS / spec.events();
    }
}
