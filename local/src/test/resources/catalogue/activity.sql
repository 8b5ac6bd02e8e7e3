-- What sales people do and what follows: counted for who did it, and his team at that time. What follows within some
-- days is counted on the day of what it follows. Parts of a dimension are joined by CHAR(31).

-- Everything done with or by a lead; behaviour has nobody who did it.
CREATE TABLE act AS
SELECT e.*,
       NOT e.is_web AND e.kind NOT IN
           ('page_viewed', 'careers_page_viewed', 'price_list_viewed', 'asset_downloaded', 'form_viewed', 'form_started',
            'form_submitted', 'social_action', 'event_visited', 'newsletter_signed_up', 'site_signed_up',
            'demo_requested', 'quote_requested', 'callback_requested', 'identified', 'other_behaviour') AS is_activity,
       COALESCE(e.actor, CASE WHEN e.kind LIKE 'meeting\_%' OR e.kind = 'demo_held' THEN o.owner END, '') AS who,
       e.kind = 'call' AND e.connected AND e.seconds >= 30 AS is_conversation
FROM event e
LEFT JOIN lead_owner o ON o.lead = e.lead AND o.from_millis <= e.millis AND e.millis < o.until_millis
WHERE e.lead IS NOT NULL AND e.kind NOT LIKE 'deal\_%';

CREATE INDEX act_of_lead ON act (lead, kind, place);

CREATE TABLE credited AS
SELECT a.*, s.scope
FROM act a
JOIN scope_of s ON s.rep = a.who AND s.from_millis <= a.millis AND a.millis < s.until_millis;

-- measures: activities
SELECT scope, 'activities' AS measure, kind AS dimension, day, COUNT(*) AS value
FROM credited
WHERE actor IS NOT NULL AND is_activity
GROUP BY scope, kind, day;

-- measures: conversations
SELECT scope, 'conversations' AS measure, '' AS dimension, day, COUNT(*) AS value
FROM credited
WHERE actor IS NOT NULL AND is_conversation
GROUP BY scope, day;

-- measures: calls_made, calls_connected
SELECT scope, m.measure, week_hour(company_zone, millis) AS dimension, day, COUNT(*) AS value
FROM credited
JOIN (VALUES ('calls_made', FALSE), ('calls_connected', TRUE)) m (measure, wants_conversation)
    ON is_conversation OR NOT m.wants_conversation
WHERE kind = 'call' AND NOT automatic AND direction IS DISTINCT FROM 'inbound'
GROUP BY scope, m.measure, week_hour(company_zone, millis), day;

-- measures: conversation_millis
SELECT scope, 'conversation_millis' AS measure, '' AS dimension, day, SUM(seconds * 1000) AS value
FROM credited
WHERE is_conversation
GROUP BY scope, day;

CREATE TABLE cold_call AS
SELECT c.*
FROM credited c
WHERE c.kind = 'call' AND NOT c.automatic AND c.direction IS DISTINCT FROM 'inbound'
  AND (c.cold OR NOT EXISTS (
        SELECT 1 FROM act b
        WHERE b.lead = c.lead AND b.place < c.place
          AND (b.is_conversation OR b.kind IN ('meeting_completed', 'demo_held')
               OR (b.kind IN ('email_replied', 'sms_replied') AND NOT b.automatic)
               OR (NOT b.automatic AND c.millis - b.millis <= 90 * one_day
                   AND (NOT b.is_activity OR (b.kind IN ('call', 'email_sent', 'sms_sent') AND b.direction = 'inbound'))))));

-- measures: cold_calls
SELECT scope, 'cold_calls' AS measure, 'made' AS dimension, day, COUNT(*) AS value
FROM cold_call GROUP BY scope, day
UNION ALL
SELECT scope, 'cold_calls', 'connected', day, COUNT(*)
FROM cold_call WHERE is_conversation GROUP BY scope, day
UNION ALL
SELECT scope, 'cold_calls', 'meeting', day, COUNT(*)
FROM cold_call c
WHERE EXISTS (
    SELECT 1 FROM act m
    WHERE m.lead = c.lead AND m.kind = 'meeting_scheduled' AND m.place > c.place AND m.millis - c.millis <= 14 * one_day
      AND c.place = (SELECT MAX(l.place) FROM cold_call l WHERE l.lead = m.lead AND l.place < m.place AND l.is_conversation))
GROUP BY scope, day;

-- Of each mail and SMS of ours: the answers are those of the latest one of that name, or of the latest one at all.
CREATE TABLE answer AS
SELECT f.kind, f.automatic, f.millis, (
    SELECT MAX(s.place) FROM act s
    WHERE s.lead = f.lead AND s.place < f.place AND s.direction IS DISTINCT FROM 'inbound'
      AND s.kind = CASE WHEN f.kind LIKE 'email%' THEN 'email_sent' ELSE 'sms_sent' END
      AND (f.asset IS NULL OR s.asset = f.asset)) AS sent
FROM act f
WHERE f.kind IN ('email_delivered', 'email_opened', 'email_clicked', 'email_replied', 'sms_delivered', 'sms_replied');

CREATE INDEX answer_to ON answer (sent);

CREATE TABLE sending AS
SELECT c.scope, c.day, CASE c.kind WHEN 'email_sent' THEN 'mails' ELSE 'sms' END AS measure,
       CHAR(31) || CASE WHEN c.automatic THEN 'automatic' ELSE 'person' END || CHAR(31) || COALESCE(c.campaign, '')
           || COALESCE(CHAR(31) || CASE WHEN LENGTH(c.template) <= 64
                  AND LENGTH(REGEXP_REPLACE(c.template, '[^0-9]', '')) <= 8 THEN c.template END, '') AS rest,
       EXISTS (SELECT 1 FROM answer a WHERE a.sent = c.place AND (a.kind LIKE '%\_delivered'
           OR (NOT a.automatic AND a.millis - c.millis <= w.within_millis))) AS is_delivered,
       EXISTS (SELECT 1 FROM answer a WHERE a.sent = c.place AND a.kind = 'email_opened' AND NOT a.automatic
           AND a.millis - c.millis <= w.within_millis) AS is_opened,
       EXISTS (SELECT 1 FROM answer a WHERE a.sent = c.place AND a.kind = 'email_clicked' AND NOT a.automatic
           AND a.millis - c.millis <= w.within_millis) AS is_clicked,
       EXISTS (SELECT 1 FROM answer a WHERE a.sent = c.place AND a.kind LIKE '%\_replied' AND NOT a.automatic
           AND a.millis - c.millis <= w.within_millis) AS is_replied,
       EXISTS (SELECT 1 FROM answer a WHERE a.sent = c.place AND a.kind LIKE '%\_replied' AND NOT a.automatic
           AND a.millis - c.millis <= one_day) AS is_replied_soon
FROM credited c
JOIN (VALUES ('email_sent', 14 * one_day), ('sms_sent', 3 * one_day)) w (kind, within_millis) ON w.kind = c.kind
WHERE c.direction IS DISTINCT FROM 'inbound';

-- measures: mails, sms
SELECT scope, measure, step || rest AS dimension, day, COUNT(*) AS value
FROM (SELECT *, 'sent' AS step FROM sending
      UNION ALL SELECT *, 'delivered' FROM sending WHERE is_delivered
      UNION ALL SELECT *, 'opened' FROM sending WHERE is_opened
      UNION ALL SELECT *, 'clicked' FROM sending WHERE is_clicked
      UNION ALL SELECT *, 'replied' FROM sending WHERE is_replied
      UNION ALL SELECT *, 'replied_soon' FROM sending WHERE is_replied_soon)
GROUP BY scope, measure, step || rest, day;

-- measures: meetings
SELECT scope, 'meetings' AS measure, REPLACE(kind, 'meeting_', '') AS dimension, day, COUNT(*) AS value
FROM credited
WHERE kind IN ('meeting_scheduled', 'meeting_completed', 'meeting_declined', 'meeting_cancelled', 'meeting_no_show',
               'demo_held')
GROUP BY scope, kind, day
UNION ALL
SELECT s.scope, 'meetings', 'booked', day_of(company_zone, p.due_millis), COUNT(*)
FROM act p
JOIN scope_of s ON s.rep = p.who AND s.from_millis <= p.due_millis AND p.due_millis < s.until_millis
WHERE p.kind IN ('meeting_scheduled', 'meeting_rescheduled') AND p.due_millis IS NOT NULL
  AND NOT EXISTS (
      SELECT 1 FROM act n
      WHERE n.lead = p.lead AND n.kind IN ('meeting_scheduled', 'meeting_rescheduled') AND n.asset = p.asset
        AND n.place > p.place AND n.millis < p.due_millis)
GROUP BY s.scope, day_of(company_zone, p.due_millis);

-- The ladder of the company's configuration.
CREATE TABLE ladder (stage VARCHAR PRIMARY KEY, place INT NOT NULL);

INSERT INTO ladder VALUES ('meeting', 1), ('demo', 2), ('offer', 3), ('negotiation', 4);

CREATE TABLE deal_move AS
SELECT d.deal, d.lead, b.entered_millis AS millis
FROM deal_stay a
JOIN deal_stay b ON b.deal = a.deal AND b.place = a.place + 1
JOIN ladder la ON la.stage = a.stage
JOIN ladder lb ON lb.stage = b.stage AND lb.place > la.place
JOIN deal d ON d.deal = a.deal
UNION ALL
SELECT deal, lead, won_millis FROM deal WHERE won_millis IS NOT NULL;

CREATE TABLE demo AS
SELECT c.scope, c.day, c.millis,
       EXISTS (SELECT 1 FROM deal d WHERE d.lead = c.lead AND d.opened_millis > c.millis
           AND d.opened_millis - c.millis <= 30 * one_day) AS is_opportunity,
       EXISTS (SELECT 1 FROM deal d JOIN deal_open o ON o.deal = d.deal
           WHERE d.lead = c.lead AND o.from_millis <= c.millis AND c.millis < o.until_millis) AS has_deal,
       EXISTS (SELECT 1 FROM deal_open o JOIN deal_move m ON m.deal = o.deal
           WHERE m.lead = c.lead AND o.from_millis <= c.millis AND c.millis < o.until_millis
             AND m.millis > c.millis AND m.millis - c.millis <= 14 * one_day) AS has_moved
FROM credited c
WHERE c.kind = 'demo_held';

-- measures: demos
SELECT scope, 'demos' AS measure, dimension, day, COUNT(*) AS value
FROM (SELECT scope, day, 'without_deal' AS dimension FROM demo WHERE NOT has_deal
      UNION ALL SELECT scope, day, 'opportunity' FROM demo WHERE NOT has_deal AND is_opportunity
      UNION ALL SELECT scope, day, 'with_deal' FROM demo WHERE has_deal
      UNION ALL SELECT scope, day, 'next_stage' FROM demo WHERE has_deal AND has_moved)
GROUP BY scope, dimension, day;

CREATE TABLE attempt AS
SELECT c.scope, c.day, c.kind,
       (SELECT COUNT(*) FROM deal d WHERE d.lead = c.lead AND d.opened_millis > c.millis
           AND d.opened_millis - c.millis <= 14 * one_day) AS opportunities,
       (SELECT COUNT(*) FROM deal_move m WHERE m.lead = c.lead AND m.millis > c.millis
           AND m.millis - c.millis <= 14 * one_day) AS moves
FROM credited c
WHERE c.kind IN ('meeting_completed', 'demo_held')
   OR (c.kind IN ('call', 'email_sent', 'sms_sent') AND NOT c.automatic AND c.direction IS DISTINCT FROM 'inbound');

-- measures: yield
SELECT scope, 'yield' AS measure, 'done' || CHAR(31) || kind AS dimension, day, COUNT(*) AS value
FROM attempt GROUP BY scope, kind, day
UNION ALL
SELECT scope, 'yield', 'opportunities' || CHAR(31) || kind, day, SUM(opportunities)
FROM attempt GROUP BY scope, kind, day
UNION ALL
SELECT scope, 'yield', 'moves' || CHAR(31) || kind, day, SUM(moves)
FROM attempt GROUP BY scope, kind, day;

-- measures: opened_amount
SELECT s.scope, 'opened_amount' AS measure, '' AS dimension, day_of(company_zone, d.opened_millis) AS day,
       SUM(d.amount_minor) AS value
FROM deal d
LEFT JOIN deal_owner o ON o.deal = d.deal AND o.from_millis <= d.opened_millis AND d.opened_millis < o.until_millis
JOIN scope_of s ON s.rep = COALESCE(o.owner, '') AND s.from_millis <= d.opened_millis AND d.opened_millis < s.until_millis
GROUP BY s.scope, day_of(company_zone, d.opened_millis);

CREATE TABLE reached AS
SELECT d.deal, l.stage, d.won_millis, d.lost_millis,
       COALESCE((SELECT MIN(y.entered_millis) FROM deal_stay y JOIN ladder ly ON ly.stage = y.stage
                 WHERE y.deal = d.deal AND ly.place >= l.place),
                CASE WHEN EXISTS (SELECT 1 FROM deal_stay y JOIN ladder ly ON ly.stage = y.stage WHERE y.deal = d.deal)
                     THEN d.won_millis END) AS millis,
       d.won_millis IS NOT NULL OR EXISTS (
           SELECT 1 FROM deal_stay y JOIN ladder ly ON ly.stage = y.stage
           WHERE y.deal = d.deal AND ly.place > l.place) AS is_moved_on
FROM deal d
CROSS JOIN ladder l;

-- measures: steps
SELECT s.scope, 'steps' AS measure, result || CHAR(31) || stage AS dimension, day_of(company_zone, r.millis) AS day,
       COUNT(*) AS value
FROM (SELECT *, 'moved_on' AS result FROM reached WHERE is_moved_on
      UNION ALL SELECT *, 'stopped' FROM reached WHERE NOT is_moved_on AND lost_millis IS NOT NULL
      UNION ALL SELECT *, 'won' FROM reached WHERE won_millis IS NOT NULL
      UNION ALL SELECT *, 'lost' FROM reached WHERE lost_millis IS NOT NULL) r
LEFT JOIN deal_owner o ON o.deal = r.deal AND o.from_millis <= r.millis AND r.millis < o.until_millis
JOIN scope_of s ON s.rep = COALESCE(o.owner, '') AND s.from_millis <= r.millis AND r.millis < s.until_millis
WHERE r.millis IS NOT NULL
GROUP BY s.scope, result || CHAR(31) || stage, day_of(company_zone, r.millis);

-- The union of a person's spans of a day: what of each goes beyond all that began before it.
-- measures: time_spent
SELECT scope, 'time_spent' AS measure, dimension, day, SUM(GREATEST(0, until_millis - GREATEST(from_millis, reached_millis))) AS value
FROM (
    SELECT scope, who, dimension, day, from_millis, until_millis,
           COALESCE(MAX(until_millis) OVER (PARTITION BY scope, who, dimension, day ORDER BY from_millis, until_millis
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), from_millis) AS reached_millis
    FROM (
        SELECT c.scope, c.who, CASE WHEN b.is_all THEN '' ELSE c.kind END AS dimension, DATEADD('DAY', n.x, c.day) AS day,
               GREATEST(c.millis, day_start(company_zone, DATEADD('DAY', n.x, c.day))) AS from_millis,
               LEAST(c.millis + c.seconds * 1000, day_start(company_zone, DATEADD('DAY', n.x + 1, c.day))) AS until_millis
        FROM credited c
        JOIN SYSTEM_RANGE(0, 8) n ON day_start(company_zone, DATEADD('DAY', n.x, c.day)) < c.millis + c.seconds * 1000
        JOIN (VALUES (TRUE), (FALSE)) b (is_all) ON TRUE
        WHERE c.is_activity AND c.seconds > 0 AND NOT c.automatic AND c.who <> ''))
GROUP BY scope, dimension, day;
