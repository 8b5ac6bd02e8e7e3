package io.leadpulse.bench.jet;

/** What a record of either topic says. */
sealed interface Event {
    /** Event time, epoch milliseconds. */
    long timeMillis();

    /** What is said of a lead by his name. */
    sealed interface OfLead extends Event {
        String lead();
    }

    /**
     * Nothing that can be counted.
     *
     * @param record where it stands: {@code topic/partition/offset}
     * @param reason why
     */
    record Broken(String record, String reason) implements Event {
        /** It has none and moves no clock. */
        @Override
        public long timeMillis() {
            return Long.MIN_VALUE;
        }
    }

    /**
     * What a visitor did.
     *
     * @param record where it stands: {@code topic/partition/offset}
     * @param id no other act of the visitor has it
     * @param lead who he says he is; null if he does not
     * @param rule which gives points for it; null if none does
     * @param place in which the rule counts a limited number of times; null without a rule
     */
    record WebAct(String record, String id, String visitor, String lead, Rule rule, String place, long timeMillis)
            implements Event {
        /** Somebody's from now on. */
        LeadAct by(String whose) {
            return new LeadAct(null, whose, rule, place, timeMillis, false);
        }

        /** Somebody's no longer. */
        LeadAct takenFrom(String whose) {
            return new LeadAct(null, whose, rule, place, timeMillis, true);
        }
    }

    /**
     * What a lead did, or has not done after all.
     *
     * @param id no other act of the lead has it; null if it is known to come once
     * @param rule which gives points for it; null if none does
     * @param place in which the rule counts a limited number of times; null without a rule
     */
    record LeadAct(String id, String lead, Rule rule, String place, long timeMillis, boolean isTakenBack)
            implements OfLead {}

    /**
     * What happened to a deal.
     *
     * @param id no other step of the deal has it
     * @param stage null if it does not say
     * @param owner null if it does not say
     * @param amountMinor in cents; null if it does not say
     */
    record DealStep(
            String id,
            String deal,
            String lead,
            long timeMillis,
            Change change,
            String stage,
            String owner,
            Long amountMinor)
            implements OfLead {
        /** What it does to the deal. */
        enum Change {
            UPDATED,
            WON,
            LOST
        }

        /** Whether it begins a stay in a stage, or ends the last one. */
        boolean isMove() {
            return isClosing() || stage != null;
        }

        boolean isClosing() {
            return change != Change.UPDATED;
        }

        boolean isWon() {
            return change == Change.WON;
        }
    }
}
