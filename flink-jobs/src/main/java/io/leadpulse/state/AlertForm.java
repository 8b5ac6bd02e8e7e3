package io.leadpulse.state;

import io.leadpulse.domain.alert.Alert;
import io.leadpulse.domain.alert.AlertTransition;
import java.io.IOException;

/** Alerts as they were told; times are differences to those before. */
public final class AlertForm {
    private static final int CAUSE_SHIFT = 6;
    private static final int ID_FORM_SHIFT = 4;
    private static final int ID_FORM_MASK = 3;
    private static final int STATE_MASK = 0xf;

    private AlertForm() {}

    public static void write(Alert alert, long fromMillis, StateOutput to) {
        to.repeated(Constants.ALERT_STATES.place(alert.state())
                | to.formOf(alert.id()) << ID_FORM_SHIFT
                | Constants.CAUSES.place(alert.cause()) << CAUSE_SHIFT);
        to.key(alert.id());
        to.text(alert.lead());
        to.text(alert.deal());
        to.text(alert.stage());
        to.text(alert.about());
        to.text(alert.owner());
        to.time(alert.enteredMillis(), fromMillis);
        to.repeated(alert.limitMilliDays());
        to.repeated(alert.limitMillis());
        to.time(alert.dueMillis(), alert.enteredMillis());
        Lists.write(alert.transitions(), alert.dueMillis(), to, (step, since, out) -> {
            out.number(Constants.ALERT_STATES.place(step.kind()));
            out.time(step.atMillis(), since);
            out.time(step.untilMillis(), step.atMillis());
            return step.atMillis();
        });
        to.texts(alert.details());
    }

    public static Alert read(long fromMillis, StateInput from) throws IOException {
        long shape = from.repeated();
        String id = from.key((int) (shape >> ID_FORM_SHIFT) & ID_FORM_MASK);
        String lead = from.text();
        String deal = from.text();
        String stage = from.text();
        String about = from.text();
        String owner = from.text();
        long enteredMillis = from.time(fromMillis);
        long limitMilliDays = from.repeated();
        long limitMillis = from.repeated();
        long dueMillis = from.time(enteredMillis);
        return new Alert(
                id,
                lead,
                deal,
                Constants.CAUSES.at(shape >>> CAUSE_SHIFT, from),
                stage,
                about,
                enteredMillis,
                limitMilliDays,
                limitMillis,
                dueMillis,
                owner,
                Constants.ALERT_STATES.at(shape & STATE_MASK, from),
                Lists.read(dueMillis, from, AlertForm::transition, AlertTransition::atMillis),
                from.texts());
    }

    private static AlertTransition transition(long since, StateInput from) throws IOException {
        long kind = from.number();
        long atMillis = from.time(since);
        return new AlertTransition(Constants.ALERT_STATES.at(kind, from), atMillis, from.time(atMillis));
    }
}
