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
     * Looks at a channel.
     *
     * @param cohorts its leads, in any order
     * @param earlier by campaign, what was found before {@code fromMillis}
     * @param fromMillis the first instant at which anything is judged: of the {@link #LOOK} before it all leads are known
     * @param nowMillis the last instant at which anything is judged
     * @return by campaign, the last spell, found now or earlier
     */
    public static Map<String, Spell> of(
            List<Cohort> cohorts, Map<String, Spell> earlier, long fromMillis, long nowMillis) {
        List<Cohort> inOrder = new ArrayList<>(cohorts);
        inOrder.sort(Comparator.comparingLong(Cohort::matureMillis));
        Sums sums = new Sums();
        Map<String, Spell> spells = new TreeMap<>(earlier);
        int came = 0;
        int left = 0;
        while (true) {
            long comes = came < inOrder.size() ? inOrder.get(came).matureMillis() : Long.MAX_VALUE;
            long leaves = left < came ? leavesMillis(inOrder.get(left)) : Long.MAX_VALUE;
            long atMillis = Math.min(comes, leaves);
            if (atMillis == Long.MAX_VALUE || atMillis > nowMillis) {
                return spells;
            }
            while (came < inOrder.size() && inOrder.get(came).matureMillis() == atMillis) {
                sums.add(inOrder.get(came++), 1);
            }
            while (left < came && leavesMillis(inOrder.get(left)) == atMillis) {
                sums.add(inOrder.get(left++), -1);
            }
            if (atMillis >= fromMillis) {
                sums.judge(atMillis, spells);
            }
        }
    }

    private static long leavesMillis(Cohort cohort) {
        return cohort.matureMillis() + LOOK.toMillis();
    }

    /** What counts at one instant. */
    private static final class Sums {
        private final Map<String, Rate> byCampaign = new HashMap<>();
        private Rate all = Rate.NONE;

        private void add(Cohort cohort, int sign) {
            Rate rate = new Rate(cohort.qualified(), cohort.leads());
            Rate before = byCampaign.getOrDefault(cohort.campaign(), Rate.NONE);
            byCampaign.put(cohort.campaign(), sign > 0 ? before.plus(rate) : before.minus(rate));
            all = sign > 0 ? all.plus(rate) : all.minus(rate);
        }

        private void judge(long atMillis, Map<String, Spell> spells) {
            byCampaign.forEach((campaign, rate) -> {
                Spell spell = spells.get(campaign);
                boolean lasts = spell != null && spell.resolvedMillis() == Spell.LASTS;
                boolean mayBegin = spell == null || (!lasts && atMillis >= spell.resolvedMillis() + CALM.toMillis());
                if (!lasts && !mayBegin) {
                    return;
                }
                CampaignJudgement judgement = CampaignJudgement.of(rate, all.minus(rate));
                if (mayBegin && judgement.poor()) {
                    spells.put(campaign, new Spell(atMillis, Spell.LASTS, judgement));
                } else if (lasts && !judgement.poor()) {
                    spells.put(campaign, spell.resolved(atMillis));
                }
            });
        }
    }
}
