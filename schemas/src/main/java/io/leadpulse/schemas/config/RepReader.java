package io.leadpulse.schemas.config;

import io.leadpulse.domain.calendar.Absence;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

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
                products == null ? List.of() : products,
                rep.scalar("email", null, EMAIL_ALLOWED, RepReader::email),
                rep.text("team_lead", null));
        if (read.deputy() != null && read.deputy().equals(read.id())) {
            rep.refuse("deputy", "another rep");
        }
        rep.end();
        return read;
    }

    private static final String EMAIL_ALLOWED = "a mail address, such as rep@example.com";
    /** The longest address that mail can carry (RFC 5321 with erratum 1690). */
    private static final int MAX_EMAIL_LENGTH = 254;

    /** Plain addresses only: no display name, no list, nothing that could end a header. */
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl},;<>\"]+@[^@\\s\\p{Cntrl},;<>\"]+");

    private static String email(ConfigNode node) {
        String text = node.text();
        if (!node.is(ConfigNode.Kind.TEXT)
                || text.length() > MAX_EMAIL_LENGTH
                || !EMAIL.matcher(text).matches()) {
            throw new Section.Refused();
        }
        return text;
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
