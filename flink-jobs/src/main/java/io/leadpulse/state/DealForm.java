package io.leadpulse.state;

import io.leadpulse.domain.deal.Deal;
import io.leadpulse.domain.deal.ExpectedClose;
import io.leadpulse.domain.deal.OpenSpan;
import io.leadpulse.domain.deal.Ownership;
import io.leadpulse.domain.deal.Refund;
import io.leadpulse.domain.deal.Stay;
import java.io.IOException;

/** Deals as their leads keep them; times are differences to those before. */
public final class DealForm {
    private static final int OUTCOME_MASK = 3;
    private static final int DELETED = 1 << 2;
    private static final int AMOUNT = 1 << 3;
    private static final long DAY = 86_400_000;

    private DealForm() {}

    public static void write(Deal deal, long fromMillis, StateOutput to) {
        to.repeated(Constants.OUTCOMES.place(deal.outcome())
                | (deal.deleted() ? DELETED : 0)
                | (deal.amountMinor() == null ? 0 : AMOUNT));
        to.text(deal.id());
        to.text(deal.lead());
        long openedMillis = deal.openedMillis();
        to.time(openedMillis, fromMillis);
        to.time(deal.closedMillis(), openedMillis);
        to.time(deal.lastChangeMillis(), openedMillis);
        if (deal.amountMinor() != null) {
            to.signed(deal.amountMinor());
        }
        to.text(deal.currency());
        to.text(deal.product());
        to.text(deal.reason());
        to.text(deal.competitor());
        Lists.write(deal.expectedCloses(), openedMillis, to, (close, since, out) -> {
            out.time(close.fromMillis(), since);
            out.signed(close.epochDay() - Math.floorDiv(close.fromMillis(), DAY));
            return close.fromMillis();
        });
        Lists.write(deal.stays(), openedMillis, to, (stay, since, out) -> {
            out.text(stay.stage());
            out.time(stay.enteredMillis(), since);
            out.time(stay.leftMillis(), stay.enteredMillis());
            return stay.leftMillis();
        });
        Lists.write(deal.owners(), openedMillis, to, (owner, since, out) -> {
            out.text(owner.owner());
            out.time(owner.fromMillis(), since);
            return owner.fromMillis();
        });
        Lists.write(deal.refunds(), openedMillis, to, (refund, since, out) -> {
            out.time(refund.timeMillis(), since);
            out.signed(refund.amountMinor());
            out.text(refund.currency());
            return refund.timeMillis();
        });
        Lists.write(deal.openSpans(), openedMillis, to, (span, since, out) -> {
            out.time(span.fromMillis(), since);
            out.time(span.untilMillis(), span.fromMillis());
            return span.untilMillis();
        });
    }

    public static Deal read(long fromMillis, StateInput from) throws IOException {
        long shape = from.repeated();
        String id = from.text();
        String lead = from.text();
        long openedMillis = from.time(fromMillis);
        long closedMillis = from.time(openedMillis);
        long lastChangeMillis = from.time(openedMillis);
        return new Deal(
                id,
                lead,
                openedMillis,
                closedMillis,
                Constants.OUTCOMES.at(shape & OUTCOME_MASK, from),
                (shape & DELETED) != 0,
                (shape & AMOUNT) == 0 ? null : (Long) from.signed(),
                from.text(),
                from.text(),
                from.text(),
                from.text(),
                Lists.read(openedMillis, from, DealForm::expectedClose, ExpectedClose::fromMillis),
                Lists.read(openedMillis, from, DealForm::stay, Stay::leftMillis),
                Lists.read(openedMillis, from, DealForm::ownership, Ownership::fromMillis),
                Lists.read(openedMillis, from, DealForm::refund, Refund::timeMillis),
                Lists.read(openedMillis, from, DealForm::openSpan, OpenSpan::untilMillis),
                lastChangeMillis);
    }

    private static ExpectedClose expectedClose(long since, StateInput from) throws IOException {
        long millis = from.time(since);
        return new ExpectedClose(from.signed() + Math.floorDiv(millis, DAY), millis);
    }

    private static Stay stay(long since, StateInput from) throws IOException {
        String stage = from.text();
        long enteredMillis = from.time(since);
        return new Stay(stage, enteredMillis, from.time(enteredMillis));
    }

    private static Ownership ownership(long since, StateInput from) throws IOException {
        return new Ownership(from.text(), from.time(since));
    }

    private static Refund refund(long since, StateInput from) throws IOException {
        return new Refund(from.time(since), from.signed(), from.text());
    }

    private static OpenSpan openSpan(long since, StateInput from) throws IOException {
        long fromMillis = from.time(since);
        return new OpenSpan(fromMillis, from.time(fromMillis));
    }
}
