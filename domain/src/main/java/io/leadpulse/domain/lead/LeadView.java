package io.leadpulse.domain.lead;

import io.leadpulse.domain.alert.Alert;
import io.leadpulse.domain.alert.AlertLife;
import io.leadpulse.domain.alert.StuckClock;
import io.leadpulse.domain.contact.ContactHistory;
import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Stay;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.measure.Contributions;
import io.leadpulse.domain.score.ScoreBook;
import io.leadpulse.domain.score.ScoreCard;
import io.leadpulse.domain.stage.LeadStages;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that follows from a lead's facts and deals; each part is computed when it is first asked for. A pure
 * function: equal facts and deals give equal views, whatever the order in which they came.
 */
public final class LeadView {
    private final LeadBook book;
    private final String lead;
    private final List<Fact> facts;
    private final List<Deal> deals;

    private ScoreCard score;
    private ContactHistory contacts;
    private LeadMilestones milestones;
    private List<Stay> stays;
    private List<Ownership> owners;
    private List<Alert> alerts;

    LeadView(LeadBook book, String lead, List<Fact> facts, List<Deal> deals) {
        this.book = book;
        this.lead = lead;
        this.facts = facts;
        this.deals = deals;
    }

    /** The lead's id. */
    public String lead() {
        return lead;
    }

    /** The lead's facts in canonical order. */
    public List<Fact> facts() {
        return facts;
    }

    /** The lead's deals, deleted ones included. */
    public List<Deal> deals() {
        return deals;
    }

    /** The score as a function of time, with its ledger. */
    public ScoreCard score() {
        if (score == null) {
            score = ScoreBook.evaluate(
                    facts, book.policy().rules(), book.policy().zone());
        }
        return score;
    }

    /** Who reached whom and when. */
    public ContactHistory contacts() {
        if (contacts == null) {
            contacts = ContactHistory.of(facts);
        }
        return contacts;
    }

    /** What the lead has become, and when. */
    public LeadMilestones milestones() {
        if (milestones == null) {
            milestones = LeadMilestones.of(this);
        }
        return milestones;
    }

    /** The lead's stays in its derived stages, in order of time. */
    public List<Stay> stays() {
        if (stays == null) {
            stays = LeadStages.stays(facts, deals);
        }
        return stays;
    }

    /** Who owned the lead from when on. */
    public List<Ownership> owners() {
        if (owners == null) {
            owners = LeadStages.owners(facts);
        }
        return owners;
    }

    /** The owner at a time; null when it had none. */
    public String ownerAt(long timeMillis) {
        return Ownership.at(owners(), timeMillis);
    }

    /**
     * The lead's alerts with their whole lives, steps that lie ahead as things stand included. {@link AlertLife#asOf}
     * cuts them at the watermark.
     */
    public List<Alert> alerts() {
        if (alerts == null) {
            List<Alert> all = new ArrayList<>(StuckClock.alerts(
                    lead,
                    null,
                    stays(),
                    owners(),
                    book.policy().calendars(),
                    book.policy().limits(),
                    contacts().planned()));
            for (Deal deal : deals) {
                if (!deal.deleted()) {
                    all.addAll(StuckClock.ofDeal(
                            deal,
                            book.policy().calendars(),
                            book.policy().limits(),
                            contacts().planned()));
                }
            }
            alerts = AlertLife.withActs(all, facts);
        }
        return alerts;
    }

    /** What the lead adds to the rollups. */
    public Contributions contributions() {
        Contributions contributions = new Contributions();
        book.leadMeasures().contribute(this, contributions);
        for (Deal deal : deals) {
            book.dealMeasures().contribute(deal, contributions);
        }
        return contributions;
    }
}
