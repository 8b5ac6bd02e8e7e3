package io.leadpulse.serving.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.leadpulse.serving.read.Await;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where messages arrive: a real SMTP server and a webhook, both on loopback. */
public final class Inbox implements AutoCloseable {

    /** A mail as it arrived. */
    public record Mail(String to, String subject, String text, String html) {}

    private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final HttpServer webhook;
    private final List<JsonNode> posts = new CopyOnWriteArrayList<>();

    public Inbox() throws IOException {
        smtp.start();
        webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/hook", exchange -> {
            posts.add(new ObjectMapper().readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        webhook.start();
    }

    /** What {@code alertmanager/render.sh} must know to send here, and soon. */
    public Map<String, String> environment() {
        return Map.of(
                "LEADPULSE_SMTP_SMARTHOST", "127.0.0.1:" + smtp.getSmtp().getPort(),
                "LEADPULSE_SMTP_FROM", "leadpulse@example.com",
                "LEADPULSE_SMTP_REQUIRE_TLS", "false",
                "LEADPULSE_OPERATORS_EMAIL", "operators@example.com",
                "LEADPULSE_FALLBACK_EMAIL", "office@example.com",
                "LEADPULSE_WEBHOOK_URL",
                        "http://127.0.0.1:" + webhook.getAddress().getPort() + "/hook",
                "LEADPULSE_GROUP_WAIT", "1s",
                "LEADPULSE_GROUP_INTERVAL", "1s",
                "PATH", System.getenv("PATH"));
    }

    /** All mails so far to people, by the order of their arrival. */
    public List<Mail> mails() throws Exception {
        List<Mail> mails = new ArrayList<>();
        for (MimeMessage message : smtp.getReceivedMessages()) {
            mails.add(new Mail(
                    to(message), message.getSubject(), part(message, "text/plain"), part(message, "text/html")));
        }
        return mails;
    }

    private static String to(MimeMessage message) throws MessagingException {
        return message.getAllRecipients()[0].toString();
    }

    /** The same once there are so many. */
    public List<Mail> mails(int atLeast) throws Exception {
        Await.until(atLeast + " mails", () -> smtp.getReceivedMessages().length >= atLeast, this::subjects);
        return mails();
    }

    /** All that the webhook got. */
    List<JsonNode> posts() {
        return posts;
    }

    /** To whom and about what, by the order of their arrival; what stands in them is not read, which would take long. */
    public List<String> subjects() {
        try {
            List<String> subjects = new ArrayList<>();
            for (MimeMessage message : smtp.getReceivedMessages()) {
                subjects.add(to(message) + ": " + message.getSubject());
            }
            return subjects;
        } catch (MessagingException e) {
            throw new IllegalStateException("mails that cannot be read", e);
        }
    }

    private static String part(MimeMessage message, String type) throws MessagingException, IOException {
        Multipart parts = (Multipart) message.getContent();
        for (int at = 0; at < parts.getCount(); at++) {
            BodyPart part = parts.getBodyPart(at);
            if (part.isMimeType(type)) {
                return part.getContent().toString().replace("\r\n", "\n");
            }
        }
        return "";
    }

    @Override
    public void close() {
        smtp.stop();
        webhook.stop(0);
    }
}
