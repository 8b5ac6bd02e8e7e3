package io.leadpulse.serving.metrics;

import io.leadpulse.domain.calendar.Period;
import io.leadpulse.domain.calendar.PeriodCalendar;
import io.leadpulse.domain.calendar.PeriodKind;
import io.leadpulse.domain.goal.GoalStanding;
import io.leadpulse.domain.goal.Membership;
import io.leadpulse.domain.goal.PeriodSales;
import io.leadpulse.domain.goal.ProgressBook;
import io.leadpulse.domain.measure.Scope;
import io.leadpulse.domain.pipeline.GrowthToDate;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.config.RepRecord;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everything as it stands at one moment, which all families of one scrape speak of. */
final class Moment {
    private final long nowMillis;
    private final Directory directory;
    private final PeriodCalendar periods;
    private final ProgressBook book;
    private final SumBook sums;
    /** Whether sums of later days are left out. */
    private final boolean isPast;

    private final Map<String, ScopeBook> past = new TreeMap<>();
    private final double majorUnit;
    private final Map<String, ScopeLabels> scopes = new TreeMap<>();
    private final Map<PeriodKind, Long> likeInstants = new EnumMap<>(PeriodKind.class);
    private final Map<String, PeriodSales> trailing = new TreeMap<>();
    private final Map<PeriodKind, List<GoalStanding>> companyGoals = new EnumMap<>(PeriodKind.class);

    Moment(long nowMillis, Directory directory, SumBook sums) {
        this(nowMillis, directory, sums, false);
    }

    /** Everything as it stood when a day ended, as far as it has a past. */
    static Moment atEndOf(long epochDay, Directory directory, SumBook sums) {
        long nextDayMillis = directory.companyCalendar().startOfDayMillis(epochDay + 1);
        return new Moment(nextDayMillis - 1, directory, sums, true);
    }

    /** Everything as it stands when a day begins. */
    static Moment atStartOf(long epochDay, Directory directory, SumBook sums) {
        return new Moment(directory.companyCalendar().startOfDayMillis(epochDay), directory, sums, true);
    }

    private Moment(long nowMillis, Directory directory, SumBook sums, boolean isPast) {
        LeadpulseConfig config = directory.config();
        this.nowMillis = nowMillis;
        this.directory = directory;
        this.periods = config.periodCalendar();
        this.sums = sums;
        this.isPast = isPast;
        this.majorUnit = config.moneyUnit().minorPerUnit();
        this.book =
                new ProgressBook(directory.companyCalendar(), periods, directory.goals(), directory, this::memberships);
        for (String scope : allScopes()) {
            scopes.put(scope, ScopeLabels.of(scope, directory, nowMillis));
        }
    }

    long nowMillis() {
        return nowMillis;
    }

    Directory directory() {
        return directory;
    }

    LeadpulseConfig config() {
        return directory.config();
    }

    ProgressBook book() {
        return book;
    }

    /** The company, every team and every rep that there is or of whom something was published, with labels. */
    Map<String, ScopeLabels> scopes() {
        return scopes;
    }

    ScopeBook sums(String scope) {
        return isPast ? past.computeIfAbsent(scope, each -> sums.of(each).before(today() + 1)) : sums.of(scope);
    }

    /** The day that it is in the company's zone. */
    long today() {
        return directory.companyCalendar().epochDay(nowMillis);
    }

    /** The period of a kind that it is. */
    Period current(PeriodKind kind) {
        return periods.periodOf(kind, today());
    }

    /** The period before the one of a kind that it is. */
    Period previous(PeriodKind kind) {
        return periods.previous(current(kind));
    }

    /** Up to where the period before is like the present one so far, epoch milliseconds. */
    long likeInstantMillis(PeriodKind kind) {
        return likeInstants.computeIfAbsent(
                kind,
                each -> GrowthToDate.likeInstantMillis(
                        directory.companyCalendar(), current(each), previous(each), nowMillis));
    }

    /** What a scope sold in the trailing 90 days. */
    PeriodSales trailing(String scope) {
        return trailing.computeIfAbsent(scope, each -> PeriodSales.of(sums(each), book.trailing(nowMillis)));
    }

    /** How the goals of a scope for the present period of a kind stand. */
    List<GoalStanding> standings(String scope, PeriodKind kind) {
        return scope.equals(Scope.COMPANY)
                ? companyGoals.computeIfAbsent(kind, each -> computed(scope, each))
                : computed(scope, kind);
    }

    private List<GoalStanding> computed(String scope, PeriodKind kind) {
        return book.standings(scope, current(kind), sums(scope), nowMillis);
    }

    /** What people call the period of a kind that it is. */
    String label(PeriodKind kind) {
        return periods.label(current(kind));
    }

    /** The first instant of the period of a kind that it is, epoch milliseconds. */
    long startMillis(PeriodKind kind) {
        return directory.companyCalendar().startOfDayMillis(current(kind).startEpochDay());
    }

    /** Minor units as the unit in which amounts are shown; null stays null. */
    Double money(Number minor) {
        return minor == null ? null : (Double) (minor.doubleValue() / majorUnit);
    }

    private List<Membership> memberships(String scope) {
        String rep = Scope.repOf(scope);
        return rep == null ? List.of(new Membership(Long.MIN_VALUE, Long.MAX_VALUE)) : directory.memberships(rep);
    }

    private Set<String> allScopes() {
        Set<String> all = new TreeSet<>(sums.scopes());
        all.add(Scope.COMPANY);
        for (String rep : directory.reps()) {
            Optional<RepRecord> now = directory.repAt(rep, nowMillis).filter(RepRecord::active);
            if (now.isPresent()) {
                all.add(Scope.rep(rep));
                if (now.get().team() != null) {
                    all.add(Scope.team(now.get().team()));
                }
            }
        }
        return all;
    }
}
