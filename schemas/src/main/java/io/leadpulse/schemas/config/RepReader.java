package io.leadpulse.schemas.config;

import io.leadpulse.domain.calendar.Absence;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Reads a rep, of the configuration or of {@code org.reps.v1}. */
final class RepReader {

    private RepReader() {}

    /** The rep of this section; after a problem it must not be used. */
    static RepRecord read(Section rep) {
        List<String> products = rep.textsOrNull("products");
        RepRecord read = new RepRecord(
                rep.requiredText("id"),
                rep.instantMillis("effective_from", Long.MIN_VALUE),
                rep.text("name", null),
                rep.text("team", null),
                rep.text("manager", null),
                rep.flag("active", true),
                rep.text("deputy", null),
                rep.scalar("zone", null, ZONE_ALLOWED, RepReader::zone),
                WorkingHours.read(rep, null),
                absences(rep),
                products == null ? List.of() : products);
        if (read.deputy() != null && read.deputy().equals(read.id())) {
            rep.refuse("deputy", "another rep");
        }
        rep.end();
        return read;
    }

    static final String ZONE_ALLOWED = "an IANA time zone, such as Europe/Berlin or UTC";

    static ZoneId zone(ConfigNode node) {
        if (!node.is(ConfigNode.Kind.TEXT) || !ZoneId.getAvailableZoneIds().contains(node.text())) {
            throw new Section.Refused();
        }
        return ZoneId.of(node.text());
    }

    private static List<Absence> absences(Section rep) {
        List<Absence> absences = new ArrayList<>();
        for (Section section : rep.sections("absences")) {
            section.require("from", "a time");
            section.require("to", "a time");
            Long from = section.instantMillis("from", null);
            Long to = section.instantMillis("to", null);
            section.end();
            if (from != null && to != null) {
                if (from < to) {
                    absences.add(new Absence(from, to));
                } else {
                    section.refuse("to", "later than from");
                }
            }
        }
        return absences;
    }
}
