package io.leadpulse.serving.alert;

import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.RepRecord;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who is who at one instant, and who is at work: the directory as telling people needs it. A rep whom nobody named
 * works in the company's hours and has no team. Not thread-safe.
 */
final class People {

    private final Directory directory;
    private final long nowMillis;
    /** As the directory has them at this instant: each is asked for once for every alert. */
    private final Map<String, Optional<RepRecord>> records = new HashMap<>();

    /**
     * People at an instant.
     *
     * @param nowMillis epoch milliseconds
     */
    People(Directory directory, long nowMillis) {
        this.directory = directory;
        this.nowMillis = nowMillis;
    }

    /** The name to show; the id for want of one. */
    String name(String rep) {
        return record(rep).map(RepRecord::name).orElse(rep);
    }

    /** The address; null when none is known. */
    String email(String rep) {
        return record(rep).map(RepRecord::email).orElse(null);
    }

    /** The zone in which times are written for this rep. */
    ZoneId zone(String rep) {
        return directory.of(rep).zone();
    }

    /** The rep's team lead, else his manager where that is a rep; null without one. */
    String teamLead(String rep) {
        return record(rep)
                .map(found -> found.teamLead() != null ? found.teamLead() : found.manager())
                .filter(lead -> record(lead).isPresent())
                .orElse(null);
    }

    /** Whether this is the rep's working time; a rep who left has none. */
    boolean atWork(String rep) {
        return !left(rep) && directory.of(rep).isBusinessTime(nowMillis);
    }

    /** Whether this is the rep's working time, and the first of this day came at or after an instant. */
    boolean cameToWorkSince(String rep, long sinceMillis) {
        BusinessCalendar calendar = directory.of(rep);
        long dayMillis = calendar.startOfDayMillis(calendar.epochDay(nowMillis));
        return atWork(rep) && calendar.businessMillisBetween(dayMillis, sinceMillis) == 0;
    }

    /** Whether the rep is absent for more than the night: on leave, or gone. */
    boolean away(String rep) {
        return left(rep)
                || directory.of(rep).absences().stream()
                        .anyMatch(absence -> absence.fromMillis() <= nowMillis && nowMillis < absence.toMillis());
    }

    /**
     * When so much of a rep's business time will have passed since an instant.
     *
     * @param milliDays thousandths of a business day
     * @return epoch milliseconds; {@link BusinessCalendar#NEVER} if it never will
     */
    long dueMillis(String rep, long sinceMillis, long milliDays) {
        return BusinessCalendar.dueAfterBusinessDays(directory.spansOf(rep), sinceMillis, milliDays);
    }

    /** The directory itself; another one as soon as anything in it is other. */
    Directory directory() {
        return directory;
    }

    /**
     * Who is told what was meant for a rep. He himself at work. While he is away his deputy at work, or, when there is
     * none who is not away too, his team lead at work.
     *
     * @return empty while nobody of them is at work: it waits
     */
    Optional<String> inPlaceOf(String rep) {
        if (!away(rep)) {
            return atWork(rep) ? Optional.of(rep) : Optional.empty();
        }
        return substitutes(rep).stream().filter(each -> !away(each)).findFirst().filter(this::atWork);
    }

    /**
     * Who is told at once what cannot wait: the rep at work, else his deputy, his team lead, somebody of his team,
     * anybody; the first of them who is at work.
     *
     * @param repOrNull null when nobody owns the lead
     * @return empty while nobody is at work
     */
    Optional<String> onDuty(String repOrNull) {
        Set<String> inOrder = new LinkedHashSet<>();
        if (repOrNull != null) {
            inOrder.add(repOrNull);
            inOrder.addAll(substitutes(repOrNull));
            inOrder.addAll(team(record(repOrNull).map(RepRecord::team).orElse(null)));
        }
        inOrder.addAll(teamLeads());
        inOrder.addAll(active());
        return inOrder.stream().filter(this::atWork).findFirst();
    }

    /** Every rep who leads a team of somebody active, sorted. */
    List<String> teamLeads() {
        return leadsOf(active());
    }

    /** The team leads of those who sell a product; all of them when it is null or nobody sells it by name. */
    List<String> teamLeads(String product) {
        List<String> sellers = active().stream()
                .filter(rep -> product == null
                        || record(rep)
                                .map(found -> found.products().isEmpty()
                                        || found.products().contains(product))
                                .orElse(true))
                .toList();
        List<String> leads = leadsOf(sellers);
        return leads.isEmpty() ? teamLeads() : leads;
    }

    /** The team leads of a team, sorted. */
    List<String> leadsOfTeam(String team) {
        return leadsOf(team(team));
    }

    /** Active reps of a team, sorted; none for null. */
    List<String> team(String teamOrNull) {
        return teamOrNull == null
                ? List.of()
                : active().stream()
                        .filter(rep ->
                                record(rep).map(RepRecord::team).orElse("").equals(teamOrNull))
                        .toList();
    }

    /** Reps who work here now, sorted. */
    List<String> active() {
        return directory.reps().stream()
                .filter(rep -> record(rep).isPresent() && !left(rep))
                .toList();
    }

    private List<String> leadsOf(List<String> reps) {
        return reps.stream()
                .map(this::teamLead)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
    }

    private List<String> substitutes(String rep) {
        List<String> substitutes = new ArrayList<>();
        record(rep).ifPresent(found -> {
            if (found.deputy() != null) {
                substitutes.add(found.deputy());
            }
            String lead = teamLead(rep);
            if (lead != null && !lead.equals(rep)) {
                substitutes.add(lead);
            }
        });
        return substitutes;
    }

    private boolean left(String rep) {
        return record(rep).map(found -> !found.active()).orElse(false);
    }

    private Optional<RepRecord> record(String rep) {
        return records.computeIfAbsent(rep, id -> directory.repAt(id, nowMillis));
    }
}
