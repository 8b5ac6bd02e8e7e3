package io.leadpulse.serving.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.leadpulse.schemas.result.LeadProfile;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The pages as HTML. Templates escape everything that they are given; a name that a template uses and nobody gives is a
 * bug and throws.
 */
final class LeadHtml {
    private static final Template LEAD = template("lead");
    private static final Template PAST = template("past");
    private static final Template ACT = template("act");
    private static final Template MESSAGE = template("message");

    private LeadHtml() {}

    /** What {@code lead.mustache} shows; {@code merged} is null unless another lead was asked for. */
    record LeadModel(
            String lead,
            String score,
            String band,
            String headline,
            String merged,
            String breakdown,
            List<LeadWords.Line> groups,
            List<LeadWords.Line> facts,
            List<AlertModel> alerts,
            boolean anyAlert,
            List<LeadWords.Line> deals,
            boolean anyDeal,
            List<LeadWords.Acts> acts,
            boolean anyAct,
            String besideWon,
            List<LeadWords.Beside> besideWonActs,
            boolean anyBeside,
            List<LeadWords.Line> journey,
            boolean anyStep,
            List<EntryModel> ledger,
            boolean anyEntry,
            String asOf) {}

    /** One alert; {@code open} ones have links. */
    record AlertModel(String text, boolean open, String severity, String path) {}

    /** One entry of the ledger. */
    record EntryModel(String time, String what, String points, boolean withdrawn, String event, String rule) {}

    /** What {@code act.mustache} shows. */
    record ActModel(
            String title,
            String alert,
            String lead,
            String leadPath,
            String token,
            boolean snooze,
            List<Choice> choices) {}

    /** One end of a snooze to choose. */
    record Choice(String value, String text, boolean first) {}

    /** What {@code message.mustache} shows; {@code leadPath} is null without a lead to go to. */
    record MessageModel(String title, String text, String leadPath) {}

    static String lead(LeadFile file, LeadWords words, LeadNow now) {
        LeadProfile profile = file.profile();
        List<AlertModel> alerts = file.alerts().stream()
                .map(alert -> new AlertModel(
                        words.alert(alert), alert.open(), alert.severity(), "/alerts/" + pathOf(alert.alert())))
                .toList();
        List<LeadWords.Line> deals = profile.dealList().stream()
                .map(deal -> new LeadWords.Line(deal.deal(), words.deal(deal)))
                .toList();
        List<EntryModel> ledger = file.ledger().stream()
                .map(entry -> new EntryModel(
                        words.time(entry.timeMillis()),
                        words.what(entry),
                        words.points(entry),
                        entry.withdrawn() != null,
                        entry.event(),
                        entry.rule() + ", rules version " + entry.ruleVersion()))
                .toList();
        return LEAD.execute(new LeadModel(
                profile.lead(),
                words.score(),
                now == null ? profile.score().band() : now.band().name().toLowerCase(Locale.ROOT),
                words.headline(),
                words.merged(),
                words.breakdown(),
                words.groups(),
                words.facts(),
                alerts,
                !alerts.isEmpty(),
                deals,
                !deals.isEmpty(),
                words.behaviour(),
                !words.behaviour().isEmpty(),
                words.besideWon(),
                words.besideWonActs(),
                !words.besideWonActs().isEmpty(),
                words.journey(),
                !words.journey().isEmpty(),
                ledger,
                !ledger.isEmpty(),
                words.time(profile.asOfMillis())));
    }

    /** What {@code past.mustache} shows. */
    record PastModel(
            String lead,
            String leadPath,
            String score,
            String band,
            String headline,
            String merged,
            String sum,
            List<LeadWords.Line> groups,
            String momentum,
            String today,
            List<PastScore.Row> ledger,
            boolean anyEntry,
            String note) {}

    static String past(LeadFile file, PastScore past) {
        return PAST.execute(new PastModel(
                file.profile().lead(),
                "/leads/" + pathOf(file.profile().lead()),
                past.scoreThen(),
                past.bandThen(),
                past.headline(),
                file.asked() == null
                        ? null
                        : file.asked() + " was merged into " + file.profile().lead(),
                past.sum(),
                past.groups(),
                past.momentum(),
                past.today(),
                past.rows(),
                !past.rows().isEmpty(),
                past.note()));
    }

    static String act(ActModel model) {
        return ACT.execute(model);
    }

    static String message(MessageModel model) {
        return MESSAGE.execute(model);
    }

    /** An id as one part of a path. */
    static String pathOf(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The style sheet. */
    static String css() {
        return resource("page.css");
    }

    private static Template template(String name) {
        return Mustache.compiler()
                .escapeHTML(true)
                .withLoader(part -> new StringReader(resource(part + ".mustache")))
                .compile(resource(name + ".mustache"));
    }

    /** A file of the pages, as text. */
    static String resource(String name) {
        try (InputStream in = LeadHtml.class.getResourceAsStream("/page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("/page/" + name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
