package io.leadpulse.serving.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leadpulse.domain.calendar.BusinessCalendar;
import io.leadpulse.schemas.config.Directory;
import io.leadpulse.schemas.config.LeadpulseConfig;
import io.leadpulse.schemas.result.ResultCodecs;
import io.leadpulse.serving.read.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /api/leads/ID} and {@code /api/rules/candidate} (JSON; plain text for who accepts {@code text/plain}),
 * {@code /leads/ID} (a page), both with {@code ?at=TIME} as the score of that time, and
 * {@code /} (what there is), {@code /alerts/ID/snooze} and {@code /alerts/ID/handled} (a page with a button, because mail scanners follow links;
 * the button's POST writes the event).
 *
 * <p>Pages work without JavaScript, load nothing from elsewhere, are not cached and cannot be framed. A form is taken
 * only from a page of the same origin. Nothing logs an id.
 */
public final class LeadPages implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeadPages.class);

    private static final int MAX_ID_LENGTH = 256;
    private static final int MAX_FORM_BYTES = 4_096;
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{32}");
    private static final int TOKEN_BYTES = 16;
    private static final LocalTime MORNING = LocalTime.of(9, 0);
    private static final Duration HOUR = Duration.ofHours(1);

    private static final String HTML = "text/html; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";
    private static final String AT = "at=";
    /** Of docs, as text, where boards lead an operator; by the names of their files. */
    private static final List<String> DOCUMENTS = List.of("runbook", "dead-letters");

    private static final String NO_SUCH_PAGE = "There is no such page.";
    private static final String NO_SUCH_LEAD = "There is no such lead.";
    private static final String NO_SUCH_ALERT = "There is no such alert.";

    private final LeadFiles files;
    private final Supplier<Directory> directory;
    private final UnaryOperator<String> proposedOwner;
    private final LeadpulseConfig config;
    private final AlertActs acts;
    private final String publicUrl;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * Pages that are not served yet.
     *
     * @param database connections for reading
     * @param directory who works here and by which rules, as of now
     * @param proposedOwner who is to get a lead that nobody owns; null for want of anybody
     * @param kafka how to reach the broker, by Kafka's names; {@code bootstrap.servers} at least
     * @param publicUrl where people reach the pages, for the check of a form's origin; null when it is where they listen
     */
    public LeadPages(
            DataSource database,
            Supplier<Directory> directory,
            UnaryOperator<String> proposedOwner,
            LeadpulseConfig config,
            Map<String, Object> kafka,
            String publicUrl,
            Clock clock) {
        this.files = new LeadFiles(database, new ResultCodecs(config.company().currency()));
        this.directory = directory;
        this.proposedOwner = proposedOwner;
        this.config = config;
        this.acts = new AlertActs(kafka);
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** Adds the pages to a server. */
    public void addTo(HttpServer server) {
        server.createContext("/api/leads/", exchange -> answer(exchange, this::api));
        server.createContext("/api/rules/candidate", exchange -> answer(exchange, this::candidate));
        server.createContext("/leads/", exchange -> answer(exchange, this::page));
        server.createContext("/", exchange -> answer(exchange, this::front));
        server.createContext("/alerts/", exchange -> answer(exchange, this::act));
        server.createContext("/assets/page.css", exchange -> answer(exchange, this::css));
        for (String name : DOCUMENTS) {
            server.createContext("/" + name, exchange -> answer(exchange, asked -> document(asked, name)));
        }
    }

    @Override
    public void close() {
        acts.close();
    }

    /** What is answered. */
    private record Answer(int status, String type, String body) {}

    /** Answers one request. */
    private interface Handler {
        Answer handle(HttpExchange exchange) throws IOException, SQLException, Refused;
    }

    /** A request that cannot be answered as asked; the message is for the person who asked. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final int status;
        private final String allow;

        Refused(int status, String message) {
            this(status, message, null);
        }

        Refused(int status, String message, String allow) {
            super(message);
            this.status = status;
            this.allow = allow;
        }
    }

    private void answer(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = handler.handle(exchange);
            } catch (Refused e) {
                if (e.allow != null) {
                    exchange.getResponseHeaders().set("Allow", e.allow);
                }
                answer = refusal(exchange, e.status, e.getMessage());
            } catch (SQLException e) {
                LOG.warn("page: the database did not answer: {}", Failure.describe(e));
                answer = refusal(exchange, 503, "The database does not answer. Try again in a minute.");
            } catch (RuntimeException e) {
                LOG.error("page: a bug: {}", Failure.describe(e));
                answer = refusal(exchange, 500, "This should not have happened. The log of serving says more.");
            }
            send(exchange, answer);
        }
    }

    private Answer api(HttpExchange exchange) throws SQLException, Refused {
        only(exchange, "GET", "HEAD");
        LeadFile file = lead(parts(exchange, "/api/leads/", 1).get(0));
        long now = clock.millis();
        LeadNow decayed = now(file, now);
        LeadWords words = new LeadWords(
                file,
                decayed,
                directory.get(),
                proposedOwner.apply(file.profile().lead()),
                now);
        OptionalLong at = at(exchange, now);
        if (at.isPresent()) {
            PastScore past = past(file, at.getAsLong(), decayed, words);
            return wantsText(exchange) ? new Answer(200, TEXT, past.text()) : new Answer(200, JSON, past.json());
        }
        return wantsText(exchange)
                ? new Answer(200, TEXT, LeadText.of(file, words))
                : new Answer(200, JSON, LeadJson.of(file, decayed, words));
    }

    private Answer candidate(HttpExchange exchange) throws SQLException, Refused {
        only(exchange, "GET", "HEAD");
        CandidateEffect effect = files.candidateEffect();
        return wantsText(exchange) ? new Answer(200, TEXT, effect.text()) : new Answer(200, JSON, effect.json());
    }

    private Answer page(HttpExchange exchange) throws SQLException, Refused {
        only(exchange, "GET", "HEAD");
        LeadFile file = lead(parts(exchange, "/leads/", 1).get(0));
        long now = clock.millis();
        LeadNow decayed = now(file, now);
        LeadWords words = new LeadWords(
                file,
                decayed,
                directory.get(),
                proposedOwner.apply(file.profile().lead()),
                now);
        OptionalLong at = at(exchange, now);
        return new Answer(
                200,
                HTML,
                at.isPresent()
                        ? LeadHtml.past(file, past(file, at.getAsLong(), decayed, words))
                        : LeadHtml.lead(file, words, decayed));
    }

    /** The time asked for; empty when none was. */
    private OptionalLong at(HttpExchange exchange, long nowMillis) throws Refused {
        String query = exchange.getRequestURI().getRawQuery();
        for (String field : query == null ? new String[0] : query.split("&", -1)) {
            if (field.startsWith(AT)) {
                String text;
                try {
                    // The plus of an offset is one, however it was written: no time has a space.
                    text = URLDecoder.decode(field.substring(AT.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    throw new Refused(400, "The time cannot be read: allowed is " + AskedTime.ALLOWED + ".");
                }
                OptionalLong at = AskedTime.millis(text, config.company().zone(), nowMillis);
                if (at.isEmpty()) {
                    throw new Refused(400, "The time cannot be read: allowed is " + AskedTime.ALLOWED + ".");
                }
                return at;
            }
        }
        return OptionalLong.empty();
    }

    private PastScore past(LeadFile file, long atMillis, LeadNow now, LeadWords words) throws Refused {
        if (now == null) {
            throw new Refused(503, "The rules that gave these points are not known here yet. Try again in a minute.");
        }
        return new PastScore(
                file,
                LeadNow.of(
                        file.ledger(), directory.get().rules(), config.company().zone(), atMillis),
                now,
                words);
    }

    /** Where links lead that are of no lead. */
    private Answer front(HttpExchange exchange) throws Refused {
        only(exchange, "GET", "HEAD");
        if (!exchange.getRequestURI().getPath().equals("/")) {
            throw new Refused(404, NO_SUCH_PAGE);
        }
        return new Answer(
                200,
                HTML,
                message(
                        "Leadpulse",
                        "Each lead has a page here: /leads/ and its id in the CRM, as on the boards and in messages. Goals,"
                                + " campaigns and lists of leads are on the boards in Grafana; every number is at /metrics. What to do when the engine is"
                                + " unwell stands at /runbook, and about what it refused at /dead-letters.",
                        null));
    }

    private Answer document(HttpExchange exchange, String name) throws Refused {
        only(exchange, "GET", "HEAD");
        if (!exchange.getRequestURI().getPath().equals("/" + name)) {
            throw new Refused(404, NO_SUCH_PAGE);
        }
        return new Answer(200, TEXT, LeadHtml.resource(name + ".md"));
    }

    private Answer css(HttpExchange exchange) throws Refused {
        only(exchange, "GET", "HEAD");
        return new Answer(200, "text/css; charset=utf-8", LeadHtml.css());
    }

    private Answer act(HttpExchange exchange) throws IOException, SQLException, Refused {
        List<String> parts = parts(exchange, "/alerts/", 2);
        boolean snooze = parts.get(1).equals("snooze");
        if (!snooze && !parts.get(1).equals("handled")) {
            throw new Refused(404, "There is no such page; an alert has snooze and handled.");
        }
        only(exchange, "GET", "HEAD", "POST");
        LeadFile.AlertRow alert = files.alert(parts.get(0)).orElseThrow(() -> new Refused(404, NO_SUCH_ALERT));
        if (alert.lead() == null) {
            throw new Refused(409, "This alert is about a goal, not about a lead: it ends by itself.");
        }
        if (!alert.open()) {
            return new Answer(
                    200, HTML, message("Already over", "This alert has ended: " + alert.state() + ".", alert.lead()));
        }
        long now = clock.millis();
        Map<String, ZonedDateTime> ends = snoozes(now);
        if (!exchange.getRequestMethod().equals("POST")) {
            return new Answer(200, HTML, form(alert, snooze, ends, now));
        }
        fromOurPage(exchange);
        Map<String, String> form = form(exchange);
        String token = form.getOrDefault("token", "");
        if (!TOKEN.matcher(token).matches()) {
            throw new Refused(400, "The form has no token. Open the page again and press its button.");
        }
        ZonedDateTime until = null;
        if (snooze) {
            until = ends.get(form.getOrDefault("until", ""));
            if (until == null) {
                throw new Refused(400, "Until when? Allowed: " + String.join(", ", ends.keySet()) + ".");
            }
        }
        write(alert, token, until, now);
        return new Answer(
                200,
                HTML,
                snooze
                        ? message("Snoozed", "You will not be reminded of it before then.", alert.lead())
                        : message("Handled", "Noted. It stays on the boards while its cause stands.", alert.lead()));
    }

    private void write(LeadFile.AlertRow alert, String token, ZonedDateTime until, long now) throws Refused {
        try {
            acts.write(
                    alert,
                    token,
                    until == null ? null : (Long) until.toInstant().toEpochMilli(),
                    now);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("page: the broker did not take an event: {}", Failure.describe(e));
            throw new Refused(503, "It could not be noted: the broker does not answer. Press the button again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(503, "It could not be noted: serving is stopping. Press the button again.");
        }
    }

    private String form(LeadFile.AlertRow alert, boolean snooze, Map<String, ZonedDateTime> ends, long now)
            throws SQLException, Refused {
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        LeadFile file = lead(alert.lead());
        LeadWords words = new LeadWords(file, null, directory.get(), null, now);
        List<LeadHtml.Choice> choices = new ArrayList<>();
        ends.forEach((name, end) -> choices.add(new LeadHtml.Choice(
                name, name + ": " + words.time(end.toInstant().toEpochMilli()), choices.isEmpty())));
        return LeadHtml.act(new LeadHtml.ActModel(
                snooze ? "Snooze this alert?" : "Is this taken care of?",
                words.alert(alert),
                alert.lead(),
                leadPath(alert.lead()),
                HexFormat.of().formatHex(token),
                snooze,
                snooze ? choices : List.of()));
    }

    /** Ends of a snooze by name: an hour, and mornings, on the company's working days. */
    private Map<String, ZonedDateTime> snoozes(long nowMillis) {
        ZonedDateTime now =
                Instant.ofEpochMilli(nowMillis).atZone(config.company().zone());
        BusinessCalendar calendar = config.companyCalendar();
        ZonedDateTime nextDay = morningAfter(now, 1, calendar);
        Map<String, ZonedDateTime> ends = new LinkedHashMap<>();
        ends.put("one hour", now.plus(HOUR));
        ends.put("next working day", nextDay);
        ends.put("in three days", morningAfter(now, 3, calendar));
        ends.put("in a week", morningAfter(now, 7, calendar));
        return ends;
    }

    /** Nine o'clock that many days later, or the first working time after it. */
    private static ZonedDateTime morningAfter(ZonedDateTime now, int days, BusinessCalendar calendar) {
        ZonedDateTime morning = now.plusDays(days).with(MORNING);
        long afterOneMilli = calendar.dueAfterBusinessMillis(morning.toInstant().toEpochMilli(), 1);
        return afterOneMilli == BusinessCalendar.NEVER
                ? morning
                : Instant.ofEpochMilli(afterOneMilli - 1).atZone(now.getZone());
    }

    private LeadFile lead(String id) throws SQLException, Refused {
        Optional<LeadFile> file = files.find(id);
        if (file.isPresent()) {
            return file.get();
        }
        LeadFiles.Gone gone = files.gone(id).orElseThrow(() -> new Refused(404, NO_SUCH_LEAD));
        if (gone.mergedInto() == null) {
            throw new Refused(
                    410,
                    "This lead was deleted on "
                            + gone.deletedAt().atZone(config.company().zone()).toLocalDate()
                            + ". Nothing is kept of it here.");
        }
        return files.find(gone.mergedInto())
                .orElseThrow(
                        () -> new Refused(404, "This lead was merged into another, of which nothing is known yet."))
                .askedAs(id);
    }

    /** Null when the ledger was made by rules that have not been read here yet; then the published score is shown. */
    private LeadNow now(LeadFile file, long nowMillis) {
        try {
            return LeadNow.of(
                    file.ledger(), directory.get().rules(), config.company().zone(), nowMillis);
        } catch (IllegalArgumentException unknownRules) {
            LOG.warn("page: a ledger names rules that are not known here (yet)");
            return null;
        }
    }

    /** The parts of the path behind a prefix, decoded. */
    private static List<String> parts(HttpExchange exchange, String prefix, int count) throws Refused {
        String[] raw =
                exchange.getRequestURI().getRawPath().substring(prefix.length()).split("/", -1);
        if (raw.length != count) {
            throw new Refused(404, NO_SUCH_PAGE);
        }
        List<String> parts = new ArrayList<>();
        for (String each : raw) {
            String part;
            try {
                part = URLDecoder.decode(each.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw new Refused(400, "The address is not valid: a per cent sign must be followed by two digits.");
            }
            if (part.isEmpty() || part.length() > MAX_ID_LENGTH || part.indexOf('\0') >= 0) {
                throw new Refused(400, "The address is not valid: an id has 1 to " + MAX_ID_LENGTH + " characters.");
            }
            parts.add(part);
        }
        return parts;
    }

    private static void only(HttpExchange exchange, String... methods) throws Refused {
        if (!List.of(methods).contains(exchange.getRequestMethod())) {
            throw new Refused(405, "Allowed here: " + String.join(", ", methods) + ".", String.join(", ", methods));
        }
    }

    /** A browser says of which origin a form is; one of another site could press our button unseen. */
    private void fromOurPage(HttpExchange exchange) throws Refused {
        Headers headers = exchange.getRequestHeaders();
        String origin = headers.getFirst("Origin");
        String site = headers.getFirst("Sec-Fetch-Site");
        boolean ours = origin == null
                || origin.equals("http://" + headers.getFirst("Host"))
                || origin.equals("https://" + headers.getFirst("Host"))
                || (publicUrl != null && origin.equals(originOf(publicUrl)));
        boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
        if (!ours || foreign) {
            throw new Refused(403, "The form is not from this site. Open the page again and press its button.");
        }
    }

    private static String originOf(String url) {
        URI uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException, Refused {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_FORM_BYTES + 1);
        if (body.length > MAX_FORM_BYTES) {
            throw new Refused(413, "The form is too large.");
        }
        Map<String, String> fields = new HashMap<>();
        for (String field : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                try {
                    fields.put(
                            URLDecoder.decode(field.substring(0, equals), StandardCharsets.UTF_8),
                            URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    throw new Refused(400, "The form is not valid.");
                }
            }
        }
        return fields;
    }

    private static boolean wantsText(HttpExchange exchange) {
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        return accept != null && accept.startsWith("text/plain");
    }

    private static Answer refusal(HttpExchange exchange, int status, String text) {
        if (!exchange.getRequestURI().getPath().startsWith("/api/")) {
            return new Answer(status, HTML, message("Sorry", text, null));
        }
        return wantsText(exchange)
                ? new Answer(status, TEXT, text + "\n")
                : new Answer(status, JSON, "{\"error\":\"" + text + "\"}");
    }

    private static String message(String title, String text, String leadOrNull) {
        return LeadHtml.message(
                new LeadHtml.MessageModel(title, text, leadOrNull == null ? null : leadPath(leadOrNull)));
    }

    private static String leadPath(String lead) {
        return "/leads/" + LeadHtml.pathOf(lead);
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
