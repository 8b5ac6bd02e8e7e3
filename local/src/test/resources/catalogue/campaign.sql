-- Where leads come from, and what became of them since, on the day of the touch.

CREATE VIEW fact AS
SELECT * FROM event WHERE lead IS NOT NULL AND kind NOT LIKE 'deal\_%';

-- Marketing-qualified, or with a deal, whichever was first.
CREATE TABLE qualified_lead AS
SELECT l.lead, LEAST(COALESCE(l.marketing_qualified_millis, 9223372036854775807), COALESCE(MIN(d.opened_millis), 9223372036854775807)) AS millis
FROM lead l LEFT JOIN deal d ON d.lead = l.lead
GROUP BY l.lead, l.marketing_qualified_millis;

CREATE TABLE touch_of AS
SELECT f.lead, MIN(f.place) AS first_place, COALESCE(MAX(CASE WHEN f.millis <= q.millis THEN f.place END), MIN(f.place)) AS last_place
FROM fact f JOIN qualified_lead q ON q.lead = f.lead
WHERE f.campaign IS NOT NULL AND NOT f.automatic
GROUP BY f.lead;

-- A page counts for the first part of its path, as long as that is a name.
CREATE TABLE arrival AS
SELECT lead, prefix, MIN(place) AS place
FROM (
    SELECT lead, place, CASE
        WHEN kind IN ('page_viewed', 'careers_page_viewed', 'price_list_viewed') THEN 'landing:'
        WHEN kind = 'asset_downloaded' THEN 'asset:'
        WHEN kind IN ('form_submitted', 'demo_requested', 'quote_requested', 'callback_requested', 'newsletter_signed_up',
                      'site_signed_up') THEN 'form:' END AS prefix
    FROM fact WHERE asset IS NOT NULL AND NOT automatic
)
WHERE prefix IS NOT NULL
GROUP BY lead, prefix;

-- Each lead as often as something brought it. By last touch only what it came to is counted, not how.
CREATE TABLE brought AS
SELECT s.scope, s.lead, s.millis, s.by_first, day_of(company_zone, s.millis) AS day, l.marketing_qualified_millis,
    l.sales_qualified_millis
FROM (
    SELECT 'campaign:' || f.campaign AS scope, f.lead, f.millis, TRUE AS by_first
    FROM touch_of t JOIN fact f ON f.place = t.first_place
    UNION ALL
    SELECT 'channel:' || f.channel, f.lead, f.millis, TRUE FROM touch_of t JOIN fact f ON f.place = t.first_place WHERE f.channel IS NOT NULL
    UNION ALL
    SELECT 'last_campaign:' || f.campaign, f.lead, f.millis, FALSE FROM touch_of t JOIN fact f ON f.place = t.last_place
    UNION ALL
    SELECT 'last_channel:' || f.channel, f.lead, f.millis, FALSE FROM touch_of t JOIN fact f ON f.place = t.last_place WHERE f.channel IS NOT NULL
    UNION ALL
    SELECT a.prefix || CASE WHEN a.prefix <> 'landing:' THEN f.asset
        WHEN REGEXP_LIKE(f.asset, '^/?[^0-9/]{0,32}(/.*)?$') THEN LOWER('/' || REGEXP_REPLACE(f.asset, '^/?([^/]*)(/.*)?$', '$1'))
        ELSE '/*' END, f.lead, f.millis, TRUE FROM arrival a JOIN fact f ON f.place = a.place
) s
JOIN lead l ON l.lead = s.lead;

-- measures: touched_leads
SELECT scope, 'touched_leads' AS measure, '' AS dimension, day, COUNT(*) AS value FROM brought GROUP BY scope, day;

-- measures: touched_leads_five_minutes
SELECT scope, 'touched_leads_five_minutes' AS measure, '' AS dimension, slot_of(company_zone, millis) AS day, COUNT(*) AS value
FROM brought WHERE by_first GROUP BY scope, slot_of(company_zone, millis);

-- measures: touched_qualified_in_15_minutes, touched_qualified_in_60_minutes, touched_qualified_in_24_hours
SELECT b.scope, w.measure, '' AS dimension, slot_of(company_zone, b.millis) AS day, COUNT(*) AS value
FROM brought b
JOIN (VALUES ('touched_qualified_in_15_minutes', 900000), ('touched_qualified_in_60_minutes', 3600000),
             ('touched_qualified_in_24_hours', 86400000)) w(measure, within)
  ON b.marketing_qualified_millis BETWEEN b.millis AND b.millis + w.within
WHERE b.by_first
GROUP BY b.scope, w.measure, slot_of(company_zone, b.millis);

-- measures: touched_qualified
SELECT scope, 'touched_qualified' AS measure, dimension, day, COUNT(*) AS value
FROM (
    SELECT scope, day, COALESCE((
        SELECT MIN(a.minutes) FROM (VALUES (15), (30), (60), (120), (240), (480), (1440), (2880), (4320), (7200), (10080), (20160), (43200)) a(minutes)
        WHERE b.marketing_qualified_millis - b.millis <= a.minutes * CAST(60000 AS BIGINT)
    ) || '', 'later') AS dimension
    FROM brought b WHERE marketing_qualified_millis >= millis
)
GROUP BY scope, dimension, day;

-- measures: touched_sales_qualified
SELECT scope, 'touched_sales_qualified' AS measure, '' AS dimension, day, COUNT(*) AS value
FROM brought WHERE sales_qualified_millis >= millis GROUP BY scope, day;

-- measures: touched_opportunities
SELECT b.scope, 'touched_opportunities' AS measure, '' AS dimension, b.day, COUNT(*) AS value
FROM brought b JOIN deal d ON d.lead = b.lead AND d.opened_millis >= b.millis GROUP BY b.scope, b.day;

-- measures: touched_won
SELECT b.scope, 'touched_won' AS measure, '' AS dimension, b.day, COUNT(*) AS value
FROM brought b JOIN deal d ON d.lead = b.lead AND d.opened_millis >= b.millis
WHERE d.won_millis IS NOT NULL GROUP BY b.scope, b.day;

-- measures: touched_revenue
SELECT b.scope, 'touched_revenue' AS measure, '' AS dimension, b.day,
    SUM(d.amount_minor - COALESCE((SELECT SUM(r.amount_minor) FROM deal_refund r WHERE r.deal = d.deal), 0)) AS value
FROM brought b JOIN deal d ON d.lead = b.lead AND d.opened_millis >= b.millis
WHERE d.won_millis IS NOT NULL GROUP BY b.scope, b.day;

-- What rejects a lead, and what takes it back: another status, and of a rejection also an acceptance.
CREATE TABLE rejection AS
SELECT r.lead, r.millis, r.reason, r.place
FROM fact r
WHERE (r.kind = 'lead_rejected' OR (r.kind = 'lead_status_changed' AND LOWER(r.status) = 'disqualified'))
  AND NOT EXISTS (
    SELECT 1 FROM fact t
    WHERE t.lead = r.lead AND t.place > r.place
      AND (t.kind = 'lead_rejected'
        OR (t.kind = 'lead_status_changed' AND t.status IS NOT NULL)
        OR (t.kind = 'lead_accepted' AND COALESCE((
            SELECT LOWER(s.status) FROM fact s
            WHERE s.lead = r.lead AND s.kind = 'lead_status_changed' AND s.status IS NOT NULL AND s.place < t.place
            ORDER BY s.place DESC FETCH FIRST ROW ONLY), '') <> 'disqualified')));

-- measures: touched_rejected
SELECT b.scope, 'touched_rejected' AS measure, COALESCE(r.reason, '') AS dimension, b.day, COUNT(*) AS value
FROM brought b JOIN rejection r ON r.lead = b.lead AND r.millis >= b.millis
WHERE b.by_first GROUP BY b.scope, COALESCE(r.reason, ''), b.day;

-- measures: touched_accepted
SELECT b.scope, 'touched_accepted' AS measure, '' AS dimension, b.day, COUNT(*) AS value
FROM brought b
JOIN (
    SELECT lead, MIN(millis) AS millis FROM fact
    WHERE kind IN ('lead_accepted', 'meeting_completed', 'demo_held')
       OR (kind IN ('call', 'email_sent', 'sms_sent') AND COALESCE(direction, '') <> 'inbound' AND NOT automatic)
    GROUP BY lead
) a ON a.lead = b.lead AND a.millis >= b.millis
WHERE b.by_first AND NOT EXISTS (SELECT 1 FROM rejection r WHERE r.lead = b.lead AND r.millis >= b.millis)
GROUP BY b.scope, b.day;

-- measures: automatic_acts
SELECT 'company' AS scope, 'automatic_acts' AS measure, kind AS dimension, day, COUNT(*) AS value
FROM fact
WHERE automatic AND kind IN ('page_viewed', 'careers_page_viewed', 'price_list_viewed', 'asset_downloaded', 'form_viewed',
    'form_started', 'form_submitted', 'social_action', 'event_visited', 'newsletter_signed_up', 'site_signed_up',
    'demo_requested', 'quote_requested', 'callback_requested', 'identified', 'other_behaviour', 'email_opened',
    'email_clicked', 'email_replied', 'sms_replied')
GROUP BY kind, day;

-- measures: lead_form_acts
SELECT 'form:' || asset AS scope, 'lead_form_acts' AS measure, kind AS dimension, day, COUNT(*) AS value
FROM fact
WHERE NOT automatic AND asset IS NOT NULL AND kind IN ('form_viewed', 'form_started', 'form_submitted', 'demo_requested',
    'quote_requested', 'callback_requested', 'newsletter_signed_up', 'site_signed_up')
GROUP BY asset, kind, day;

-- A visitor counts once for each campaign and channel, on the day of the first act that names it.
CREATE TABLE visit AS
SELECT scope, visitor, day_of(company_zone, MIN(millis)) AS day, COUNT(lead) > 0 AS identified
FROM (
    SELECT 'campaign:' || campaign AS scope, visitor, millis, lead FROM visitor_event WHERE NOT automatic AND campaign IS NOT NULL
    UNION ALL
    SELECT 'channel:' || channel, visitor, millis, lead FROM visitor_event
    WHERE NOT automatic AND campaign IS NOT NULL AND channel IS NOT NULL
)
GROUP BY scope, visitor;

-- Of which more is known than that a few people named them.
CREATE TABLE known_source AS
SELECT scope FROM visit GROUP BY scope HAVING COUNT(*) >= 10 OR SUM(CASE WHEN identified THEN 1 ELSE 0 END) > 0
UNION
SELECT scope FROM brought WHERE by_first;

-- measures: visitors
SELECT scope, 'visitors' AS measure, '' AS dimension, day, COUNT(*) AS value
FROM visit WHERE scope IN (SELECT scope FROM known_source) GROUP BY scope, day;

-- measures: visitors_identified
SELECT scope, 'visitors_identified' AS measure, '' AS dimension, day, COUNT(*) AS value FROM visit WHERE identified GROUP BY scope, day;
