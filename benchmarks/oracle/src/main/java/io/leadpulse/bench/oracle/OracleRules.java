package io.leadpulse.bench.oracle;

import io.leadpulse.bench.oracle.LeadScore.Group;
import io.leadpulse.bench.oracle.LeadScore.Points;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules of the score, as TASK.md states them, over all events of a lead in order of time. */
final class OracleRules {
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private OracleRules() {}

    /** In what an event is counted a limited number of times. */
    private enum Within {
        LIFE,
        ASSET,
        PRODUCT,
        DAY
    }

    private record Rule(int points, Group group, int times, Within within) {}

    /**
     * What is counted of the events, which must be in order of time and each there once.
     *
     * @param windowDays on how many days points count in full; 0 if they decay
     */
    static LeadScore score(List<OracleEvent> events, int windowDays) {
        Map<List<Object>, Integer> counted = new HashMap<>();
        List<Points> points = new ArrayList<>();
        for (OracleEvent event : events) {
            Rule rule = rule(event);
            if (rule != null && counted.merge(place(event, rule), 1, Integer::sum) <= rule.times()) {
                points.add(new Points(event.timeMillis(), rule.points(), rule.group()));
            }
        }
        return new LeadScore(points, windowDays);
    }

    private static List<Object> place(OracleEvent event, Rule rule) {
        List<Object> place = new ArrayList<>();
        place.add(event.kind());
        place.add(event.direction());
        place.add(
                switch (rule.within()) {
                    case LIFE -> null;
                    case ASSET -> event.asset();
                    case PRODUCT -> event.product();
                    case DAY -> OracleClock.day(event.timeMillis());
                });
        return place;
    }

    private static Rule rule(OracleEvent event) {
        if (event.automatic()) {
            return null;
        }
        return switch (event.kind()) {
            case "page_viewed" -> new Rule(1, Group.PAGE_VIEWS, 5, Within.DAY);
            case "careers_page_viewed" -> new Rule(-10, Group.ENGAGEMENT, 1, Within.LIFE);
            case "price_list_viewed" -> new Rule(10, Group.ENGAGEMENT, 1, Within.DAY);
            case "asset_downloaded" -> new Rule(5, Group.ENGAGEMENT, 1, Within.ASSET);
            case "form_submitted" -> new Rule(20, Group.ENGAGEMENT, 1, Within.ASSET);
            case "demo_requested" -> new Rule(50, Group.ENGAGEMENT, 1, Within.PRODUCT);
            case "social_action" -> new Rule(3, Group.ENGAGEMENT, 3, Within.DAY);
            case "event_visited" -> new Rule(10, Group.ENGAGEMENT, 1, Within.ASSET);
            case "newsletter_signed_up" -> new Rule(10, Group.ENGAGEMENT, 1, Within.LIFE);
            case "email_opened" -> new Rule(1, Group.ENGAGEMENT, 1, Within.ASSET);
            case "email_clicked" -> new Rule(3, Group.ENGAGEMENT, 1, Within.ASSET);
            case "email_replied" -> new Rule(15, Group.ENGAGEMENT, 1, Within.DAY);
            case "email_unsubscribed" -> new Rule(-30, Group.OPT_OUT, 1, Within.LIFE);
            case "meeting_completed" -> new Rule(25, Group.ENGAGEMENT, NO_LIMIT, Within.LIFE);
            case "meeting_no_show" -> new Rule(-15, Group.ENGAGEMENT, NO_LIMIT, Within.LIFE);
            case "call" -> call(event);
            default -> null;
        };
    }

    private static Rule call(OracleEvent event) {
        if ("inbound".equals(event.direction())) {
            return new Rule(15, Group.ENGAGEMENT, 1, Within.DAY);
        }
        return "outbound".equals(event.direction()) && event.reached()
                ? new Rule(5, Group.ENGAGEMENT, 1, Within.DAY)
                : null;
    }
}
