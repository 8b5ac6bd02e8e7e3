package io.leadpulse.serving.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadpulse.domain.event.Fact;
import io.leadpulse.domain.score.GroupScore;
import io.leadpulse.domain.score.ScoreCard;
import io.leadpulse.schemas.Rfc3339;
import io.leadpulse.schemas.result.LeadProfile;
import java.time.Instant;
import java.util.Locale;

/**
 * A lead as JSON: {@code merged} says why it is another than was asked for (null if it is not), {@code profile} as published
 * last, {@code now} the score decayed to now (null while the rules of its ledger are not known here), {@code headline} in
 * words, {@code value} how likely it is won and {@code beside_won} what it had done beside won leads at its age (both null
 * unless it is open), {@code ledger} newest first, {@code alerts} open ones first.
 */
final class LeadJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LeadJson() {}

    static String of(LeadFile file, LeadNow now, LeadWords words) {
        try {
            ObjectNode root = JSON.createObjectNode();
            root.put("merged", words.merged());
            root.set("profile", JSON.readTree(file.profileJson()));
            root.put("headline", words.headline());
            root.set("now", now == null ? JSON.nullNode() : now(now));
            root.set("value", file.value() == null ? JSON.nullNode() : value(file.value()));
            root.set("beside_won", file.besideWon() == null ? JSON.nullNode() : besideWon(file.besideWon()));
            ArrayNode ledger = root.putArray("ledger");
            file.ledger().forEach(entry -> entry(ledger.addObject(), entry, now, words));
            ArrayNode alerts = root.putArray("alerts");
            file.alerts().forEach(alert -> alert(alerts.addObject(), alert));
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a published profile is no JSON", e);
        }
    }

    static ObjectNode now(LeadNow now) {
        ObjectNode node = JSON.createObjectNode();
        node.put("at", Rfc3339.text(now.atMillis()))
                .put("score", now.score())
                .put("band", now.band().name().toLowerCase(Locale.ROOT))
                .put("band_since", now.bandSinceMillis() == Fact.NO_TIME ? null : Rfc3339.text(now.bandSinceMillis()))
                .put("fit", now.fit())
                .put("interest", now.interest())
                .put("momentum_24h", now.momentum24h())
                .put("momentum_7d", now.momentum7d())
                .put(
                        "next_band_change_at",
                        now.nextBandChangeMillis() == ScoreCard.NEVER
                                ? null
                                : Rfc3339.text(now.nextBandChangeMillis()));
        ArrayNode groups = node.putArray("groups");
        for (GroupScore group : now.groups()) {
            groups.addObject()
                    .put("group", group.group())
                    .put("raw", group.raw())
                    .put("clamped", group.clamped());
        }
        ArrayNode products = node.putArray("product_interest");
        for (LeadProfile.ProductPoints each : now.products()) {
            products.addObject().put("product", each.product()).put("points", each.points());
        }
        return node;
    }

    private static ObjectNode value(LeadFile.Value value) {
        ObjectNode node = JSON.createObjectNode();
        node.put("probability", value.probability())
                .put("size_minor", value.sizeMinor())
                .put("expected_minor", value.expectedMinor())
                .put("needs", value.needs())
                .put("likely_minor", value.likelyMinor())
                .put("typical_minor", value.typicalMinor())
                .put("typical_of", value.typicalOf())
                .put("typical_deals", value.typicalDeals())
                .put("won_leads", value.won())
                .put("lost_leads", value.lost());
        ArrayNode factors = node.putArray("factors");
        for (LeadFile.Factor factor : value.factors()) {
            factors.addObject()
                    .put("attribute", factor.attribute())
                    .put("value", factor.value())
                    .put("log_odds", factor.logOdds());
        }
        return node;
    }

    private static ObjectNode besideWon(LeadFile.BesideWon beside) {
        ObjectNode node = JSON.createObjectNode();
        node.put("age_days", beside.ageDays()).put("won_leads", beside.wonLeads());
        ArrayNode acts = node.putArray("acts");
        for (LeadFile.DoneBeside act : beside.acts()) {
            acts.addObject().put("rule", act.rule()).put("done", act.done()).put("won_median", act.wonMedian());
        }
        return node;
    }

    private static void entry(ObjectNode node, LeadFile.Entry entry, LeadNow now, LeadWords words) {
        node.put("time", Rfc3339.text(entry.timeMillis()))
                .put("what", words.what(entry))
                .put("event", entry.event())
                .put("rule", entry.rule())
                .put("rule_version", entry.ruleVersion())
                .put("group", entry.group())
                .put("points", entry.points());
        if (now == null) {
            node.putNull("points_now");
        } else {
            node.put("points_now", words.pointsNow(entry));
        }
        node.put("product", entry.product()).put("withdrawn", entry.withdrawn());
    }

    private static void alert(ObjectNode node, LeadFile.AlertRow alert) {
        node.put("alert", alert.alert())
                .put("cause", alert.cause())
                .put("deal", alert.deal())
                .put("stage", alert.stage())
                .put("since", alert.since().toString())
                .put("limit", alert.limit())
                .put("state", alert.state())
                .put("severity", alert.severity())
                .put("raised_at", alert.raised().toString())
                .put("snoozed_until", text(alert.snoozedUntil()))
                .put("open", alert.open())
                .put("sign", alert.sign());
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }
}
