package io.leadpulse.domain.campaign;

import io.leadpulse.domain.rate.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When campaigns of one channel were found poor by {@link CampaignJudgement}, and when they no longer were. A pure
 * function of the leads: at every instant at which a lead becomes old enough to count, or so old that it counts no more,
 * each campaign is judged by what is known today of then.
 *
 * <p>What is usual is what the channel's other campaigns had of the leads that became old enough in the last
 * {@link #LOOK}; the campaign itself is judged by the same days. A campaign that has recovered can be
 * found poor again after {@link #CALM}; of several spells the last is what is known of it.
 *
 * <p>What was found up to some instant can be gone on with from there, by the leads of the {@link #LOOK} before it: the past
 * need not be judged again as long as none of its leads has changed.
 */
public final class PoorCampaigns {
    /** So long a lead counts after it became old enough. */
    public static final Duration LOOK = Duration.ofDays(28);

    /** For so long after a campaign has recovered it is not found poor again: one lead more or less is no news. */
    public static final Duration CALM = Duration.ofHours(12);

    private PoorCampaigns() {}

    /**
     * Leads of a campaign that become old enough at one instant.
     *
     * @param matureMillis the instant, epoch milliseconds
     * @param campaign the campaign
     * @param leads how many
     * @param qualified those of them that were qualified within the channel's window
     */
    public record Cohort(long matureMillis, String campaign, long leads, long qualified) {}

    /**
     * A time in which a campaign was poor.
     *
     * @param raisedMillis when it was found, epoch milliseconds
     * @param resolvedMillis when it was no longer so; {@link #LASTS} while it is
     * @param judgement by which it was found; null for one that was found earlier than what is looked at
     */
    public record Spell(long raisedMillis, long resolvedMillis, CampaignJudgement judgement) {
        /** Stands for "still". */
        public static final long LASTS = Long.MAX_VALUE;

        private Spell resolved(long atMillis) {
            return new Spell(raisedMillis, atMillis, judgement);
        }
    }

    /**
     * What was found.
     *
     * @param spells by campaign, the last spell, found now or earlier
     * @param instants at how many instants the channel was judged for it
     */
    public record Found(Map<String, Spell> spells, int instants) {}

    /**
     * Looks at a channel.
     *
     * @param cohorts its leads, in any order
     * @param earlier by campaign, what was found before {@code fromMillis}
     * @param fromMillis the first instant at which anything is judged: of the {@link #LOOK} before it all leads are known
     * @param nowMillis the last instant at which anything is judged
     */
    public static Found of(List<Cohort> cohorts, Map<String, Spell> earlier, long fromMillis, long nowMillis) {
        List<Cohort> inOrder = new ArrayList<>(cohorts);
        inOrder.sort(Comparator.comparingLong(Cohort::matureMillis));
        Sums sums = new Sums();
        int instants = 0;
        Map<String, Spell> spells = new TreeMap<>(earlier);
        // One of which nothing counts any more ends all the same.
        spells.keySet().forEach(sums::name);
        int came = 0;
        int left = 0;
        while (true) {
            long comes = came < inOrder.size() ? inOrder.get(came).matureMillis() : Long.MAX_VALUE;
            long leaves = left < came ? leavesMillis(inOrder.get(left)) : Long.MAX_VALUE;
            long atMillis = Math.min(comes, leaves);
            if (atMillis == Long.MAX_VALUE || atMillis > nowMillis) {
                return new Found(spells, instants);
            }
            while (came < inOrder.size() && inOrder.get(came).matureMillis() == atMillis) {
                sums.add(inOrder.get(came++), 1);
            }
            while (left < came && leavesMillis(inOrder.get(left)) == atMillis) {
                sums.add(inOrder.get(left++), -1);
            }
            if (atMillis >= fromMillis) {
                sums.judge(atMillis, spells);
                instants++;
            }
        }
    }

    private static long leavesMillis(Cohort cohort) {
        return cohort.matureMillis() + LOOK.toMillis();
    }

    /** A campaign's leads that count, and the bound that only changes when they do. */
    private static final class Counting {
        private Rate rate = Rate.NONE;
        private double upper = Double.NaN;

        private void become(Rate now) {
            rate = now;
            upper = now.denominator() < CampaignJudgement.MIN_MATURE_LEADS ? Double.NaN : CampaignJudgement.upper(now);
        }

        /** As {@link CampaignJudgement} says it, for the many instants at which it says no. */
        private boolean isPoor(Rate all) {
            if (Double.isNaN(upper)) {
                return false;
            }
            long qualified = all.numerator() - rate.numerator();
            long leads = all.denominator() - rate.denominator();
            return CampaignJudgement.isUsual(qualified, leads) && CampaignJudgement.isPoor(upper, qualified, leads);
        }
    }

    /** What counts at one instant. */
    private static final class Sums {
        private final Map<String, Counting> byCampaign = new HashMap<>();
        private Rate all = Rate.NONE;

        private void add(Cohort cohort, int sign) {
            Rate rate = new Rate(cohort.qualified(), cohort.leads());
            Counting campaign = name(cohort.campaign());
            campaign.become(sign > 0 ? campaign.rate.plus(rate) : campaign.rate.minus(rate));
            all = sign > 0 ? all.plus(rate) : all.minus(rate);
        }

        private Counting name(String campaign) {
            return byCampaign.computeIfAbsent(campaign, name -> new Counting());
        }

        private void judge(long atMillis, Map<String, Spell> spells) {
            byCampaign.forEach((campaign, counting) -> {
                boolean isPoor = counting.isPoor(all);
                Spell spell = spells.get(campaign);
                boolean lasts = spell != null && spell.resolvedMillis() == Spell.LASTS;
                if (lasts && !isPoor) {
                    spells.put(campaign, spell.resolved(atMillis));
                } else if (!lasts && isPoor && mayBegin(spell, atMillis)) {
                    CampaignJudgement judgement = CampaignJudgement.of(counting.rate, all.minus(counting.rate));
                    spells.put(campaign, new Spell(atMillis, Spell.LASTS, judgement));
                }
            });
        }

        private static boolean mayBegin(Spell lastOrNull, long atMillis) {
            return lastOrNull == null || atMillis >= lastOrNull.resolvedMillis() + CALM.toMillis();
        }
    }
}
