-- The way to a purchase and after. Credit of a deal goes to its owner at that moment, of a lead to its owner then.

CREATE TABLE moment AS
-- What happened to deals and leads when, with the scopes that it counts for.
WITH happened (what, lead, deal, millis) AS (
    SELECT 'won', lead, deal, won_millis FROM deal WHERE won_millis IS NOT NULL
    UNION ALL SELECT 'lost', lead, deal, lost_millis FROM deal WHERE lost_millis IS NOT NULL
    UNION ALL SELECT 'open', lead, deal, as_of_millis FROM deal WHERE won_millis IS NULL AND lost_millis IS NULL
), owned AS (
    SELECT h.*, COALESCE((SELECT o.owner FROM deal_owner o WHERE o.deal = h.deal AND o.from_millis <= h.millis
                          AND h.millis < o.until_millis), '') AS owner
    FROM happened h
)
SELECT o.what, o.lead, o.deal, o.millis, day_of(company_zone, o.millis) AS day, s.scope
FROM owned o
JOIN scope_of s ON s.rep = o.owner AND s.from_millis <= o.millis AND o.millis < s.until_millis;

CREATE INDEX moment_of ON moment (deal);

CREATE TABLE last_stage AS
SELECT d.deal, COALESCE((SELECT y.stage FROM deal_stay y WHERE y.deal = d.deal ORDER BY y.place DESC
                         FETCH FIRST 1 ROW ONLY), '') AS stage
FROM deal d;

CREATE INDEX last_stage_of ON last_stage (deal);

-- measures: lost_amount
SELECT m.scope, 'lost_amount' AS measure, '' AS dimension, m.day, SUM(d.amount_minor) AS value
FROM moment m JOIN deal d ON d.deal = m.deal
WHERE m.what = 'lost'
GROUP BY m.scope, m.day;

-- The reason is what was said of it last from the loss on.
CREATE TABLE loss AS
SELECT m.scope, m.day, d.amount_minor,
       CONCAT(l.stage, CHAR(31),
              (SELECT e.reason FROM event e WHERE e.deal = d.deal AND e.millis >= d.lost_millis AND e.reason IS NOT NULL
               AND e.kind NOT IN ('deal_deleted', 'deal_refunded') ORDER BY e.place DESC FETCH FIRST 1 ROW ONLY), CHAR(31),
              d.product, CHAR(31), d.competitor) AS cause
FROM moment m JOIN deal d ON d.deal = m.deal JOIN last_stage l ON l.deal = m.deal
WHERE m.what = 'lost';

-- measures: lost_causes, lost_causes_amount
SELECT scope, 'lost_causes' AS measure, cause AS dimension, day, COUNT(*) AS value FROM loss GROUP BY scope, cause, day
UNION ALL
SELECT scope, 'lost_causes_amount', cause, day, SUM(amount_minor) FROM loss GROUP BY scope, cause, day;

-- measures: won_count_by_product, won_amount_by_product
SELECT m.scope, 'won_count_by_product' AS measure, d.product AS dimension, m.day, COUNT(*) AS value
FROM moment m JOIN deal d ON d.deal = m.deal WHERE m.what = 'won' GROUP BY m.scope, d.product, m.day
UNION ALL
SELECT m.scope, 'won_amount_by_product', d.product, m.day, SUM(d.amount_minor)
FROM moment m JOIN deal d ON d.deal = m.deal WHERE m.what = 'won' GROUP BY m.scope, d.product, m.day;

-- measures: open_count_by_product, open_amount_by_product
SELECT m.scope, 'open_count_by_product' AS measure, d.product AS dimension, NULL AS day, COUNT(*) AS value
FROM moment m JOIN deal d ON d.deal = m.deal WHERE m.what = 'open' GROUP BY m.scope, d.product
UNION ALL
SELECT m.scope, 'open_amount_by_product', d.product, NULL, SUM(d.amount_minor)
FROM moment m JOIN deal d ON d.deal = m.deal WHERE m.what = 'open' GROUP BY m.scope, d.product;

CREATE TABLE expected AS
SELECT deal, SUM(CASE WHEN day > before THEN 1 ELSE 0 END) AS moves
FROM (SELECT deal, day, LAG(day) OVER (PARTITION BY deal ORDER BY from_millis) AS before FROM deal_expected)
GROUP BY deal;

-- measures: open_due_amount
SELECT m.scope, 'open_due_amount' AS measure, '' AS dimension, due.day, SUM(d.amount_minor) AS value
FROM moment m JOIN deal d ON d.deal = m.deal
JOIN deal_expected due ON due.deal = d.deal
WHERE m.what = 'open'
  AND due.from_millis = (SELECT MAX(x.from_millis) FROM deal_expected x WHERE x.deal = d.deal)
GROUP BY m.scope, due.day;

-- measures: open_pushed_count, open_pushed_amount
SELECT m.scope, 'open_pushed_count' AS measure, CAST(LEAST(x.moves, 3) AS VARCHAR) AS dimension, NULL AS day,
       COUNT(*) AS value
FROM moment m JOIN expected x ON x.deal = m.deal WHERE m.what = 'open' AND x.moves > 0
GROUP BY m.scope, CAST(LEAST(x.moves, 3) AS VARCHAR)
UNION ALL
SELECT m.scope, 'open_pushed_amount', CAST(LEAST(x.moves, 3) AS VARCHAR), NULL, SUM(d.amount_minor)
FROM moment m JOIN expected x ON x.deal = m.deal JOIN deal d ON d.deal = m.deal WHERE m.what = 'open' AND x.moves > 0
GROUP BY m.scope, CAST(LEAST(x.moves, 3) AS VARCHAR);

-- measures: won_after_stage, lost_after_stage
SELECT scope, CONCAT(what, '_after_stage') AS measure, stage AS dimension, day, COUNT(*) AS value
FROM (SELECT DISTINCT m.scope, m.what, m.day, m.deal, y.stage FROM moment m JOIN deal_stay y ON y.deal = m.deal
      WHERE m.what IN ('won', 'lost'))
GROUP BY scope, what, stage, day;

-- measures: stage_business_histogram
SELECT s.scope, 'stage_business_histogram' AS measure, CONCAT(t.stage, '/', t.bucket) AS dimension,
       day_of(company_zone, t.left_millis) AS day, COUNT(*) AS value
FROM stage_time t
JOIN scope_of s ON s.from_millis <= t.left_millis AND t.left_millis < s.until_millis
 AND s.rep = COALESCE(CASE WHEN t.deal IS NULL
        THEN (SELECT o.owner FROM lead_owner o WHERE o.lead = t.lead AND o.from_millis <= t.left_millis
              AND t.left_millis < o.until_millis)
        ELSE (SELECT o.owner FROM deal_owner o WHERE o.deal = t.deal AND o.from_millis <= t.left_millis
              AND t.left_millis < o.until_millis) END, '')
WHERE t.stage <> 'new'
GROUP BY s.scope, t.stage, t.bucket, day_of(company_zone, t.left_millis);

-- Leads with a fact, their first owner, who began, and how they stand.
CREATE TABLE lead_fact AS
SELECT * FROM event WHERE lead IS NOT NULL AND kind NOT LIKE 'deal\_%';

CREATE INDEX fact_of ON lead_fact (lead, kind);

CREATE TABLE contact_attempt AS
SELECT * FROM lead_fact
WHERE (kind IN ('call', 'email_sent', 'sms_sent') AND COALESCE(direction, '') <> 'inbound' AND NOT automatic)
   OR kind IN ('meeting_completed', 'demo_held');

CREATE INDEX attempt_of ON contact_attempt (lead);

CREATE TABLE message AS
SELECT * FROM lead_fact
WHERE NOT automatic
  AND ((kind IN ('call', 'email_sent', 'sms_sent') AND direction = 'inbound')
       OR kind IN ('email_replied', 'sms_replied', 'form_submitted', 'demo_requested', 'quote_requested',
                   'callback_requested'));

CREATE INDEX message_of ON message (lead);

CREATE TABLE began AS
SELECT lead, place, 'inbound' AS direction FROM message
UNION ALL
SELECT lead, place, 'inbound' FROM lead_fact
WHERE kind IN ('newsletter_signed_up', 'site_signed_up', 'event_visited') AND NOT automatic
UNION ALL
SELECT lead, place, 'outbound' FROM contact_attempt
UNION ALL
SELECT lead, place, 'outbound' FROM lead_fact
WHERE kind IN ('email_sent', 'sms_sent') AND COALESCE(direction, '') <> 'inbound' AND automatic;

CREATE INDEX began_of ON began (lead, place);

CREATE TABLE cohort_lead AS
SELECT l.*, day_of(company_zone, l.created_millis) AS day,
       COALESCE(
           (SELECT f.direction FROM lead_fact f WHERE f.lead = l.lead AND f.kind IN ('lead_created', 'lead_updated')
            AND f.direction IS NOT NULL ORDER BY f.place DESC FETCH FIRST 1 ROW ONLY),
           (SELECT b.direction FROM began b WHERE b.lead = l.lead ORDER BY b.place FETCH FIRST 1 ROW ONLY),
           'unknown') AS direction,
       COALESCE((SELECT o.owner FROM lead_owner o WHERE o.lead = l.lead AND o.owner IS NOT NULL
                 ORDER BY o.from_millis FETCH FIRST 1 ROW ONLY), '') AS first_owner,
       GREATEST(l.created_millis,
                COALESCE((SELECT MIN(o.from_millis) FROM lead_owner o WHERE o.lead = l.lead AND o.owner IS NOT NULL),
                         l.created_millis)) AS owned_millis,
       (SELECT MIN(d.won_millis) FROM deal d WHERE d.lead = l.lead) AS sold_millis,
       EXISTS (SELECT 1 FROM lead_stay y WHERE y.lead = l.lead AND y.left_millis IS NULL)
       OR EXISTS (SELECT 1 FROM deal d WHERE d.lead = l.lead AND d.won_millis IS NULL AND d.lost_millis IS NULL) AS is_open
FROM (SELECT x.lead, COALESCE(x.created_millis, (SELECT MIN(f.millis) FROM lead_fact f WHERE f.lead = x.lead)) AS created_millis,
             x.first_contact_millis, x.marketing_qualified_millis, x.sales_qualified_millis
      FROM lead x WHERE EXISTS (SELECT 1 FROM lead_fact f WHERE f.lead = x.lead)) l;

CREATE INDEX cohort_lead_of ON cohort_lead (lead);

CREATE TABLE cohort AS
SELECT c.*, s.scope
FROM cohort_lead c
JOIN scope_of s ON s.rep = c.first_owner AND s.from_millis <= c.owned_millis AND c.owned_millis < s.until_millis;

CREATE TABLE step (place INT PRIMARY KEY, name VARCHAR NOT NULL);

INSERT INTO step VALUES
    (0, 'created'), (1, 'contacted'), (2, 'marketing_qualified'), (3, 'accepted'), (4, 'sales_qualified'),
    (5, 'opportunity'), (6, 'stage:meeting'), (7, 'stage:demo'), (8, 'stage:offer'), (9, 'stage:negotiation'), (10, 'won');

CREATE TABLE taken AS
SELECT lead, 0 AS place FROM cohort_lead
UNION SELECT lead, 1 FROM cohort_lead WHERE first_contact_millis IS NOT NULL
UNION SELECT lead, 2 FROM cohort_lead WHERE marketing_qualified_millis IS NOT NULL
UNION SELECT c.lead, 3 FROM cohort_lead c WHERE c.marketing_qualified_millis IS NOT NULL
    AND (EXISTS (SELECT 1 FROM contact_attempt a WHERE a.lead = c.lead)
         OR EXISTS (SELECT 1 FROM lead_fact f WHERE f.lead = c.lead AND f.kind = 'lead_accepted'))
UNION SELECT lead, 4 FROM cohort_lead WHERE sales_qualified_millis IS NOT NULL
UNION SELECT d.lead, 5 FROM deal d
UNION SELECT d.lead, p.place FROM deal d JOIN deal_stay y ON y.deal = d.deal JOIN step p ON p.name = CONCAT('stage:', y.stage)
UNION SELECT d.lead, 10 FROM deal d WHERE d.won_millis IS NOT NULL;

CREATE INDEX taken_of ON taken (lead);

CREATE TABLE furthest AS SELECT lead, MAX(place) AS place FROM taken GROUP BY lead;

CREATE INDEX furthest_of ON furthest (lead);

-- measures: funnel_reached
SELECT c.scope, 'funnel_reached' AS measure, CONCAT(p.name, CHAR(31), c.direction) AS dimension, c.day, COUNT(*) AS value
FROM cohort c JOIN furthest u ON u.lead = c.lead JOIN step p ON p.place <= u.place
GROUP BY c.scope, p.name, c.direction, c.day;

-- measures: funnel_strict, funnel_strict_moved
SELECT c.scope, 'funnel_strict' AS measure, CONCAT(p.name, CHAR(31), c.direction) AS dimension, c.day, COUNT(*) AS value
FROM cohort c JOIN taken t ON t.lead = c.lead JOIN step p ON p.place = t.place
GROUP BY c.scope, p.name, c.direction, c.day
UNION ALL
SELECT c.scope, 'funnel_strict_moved', CONCAT(p.name, CHAR(31), c.direction), c.day, COUNT(*)
FROM cohort c JOIN taken t ON t.lead = c.lead JOIN step p ON p.place = t.place
JOIN furthest u ON u.lead = c.lead AND u.place > t.place
GROUP BY c.scope, p.name, c.direction, c.day;

CREATE TABLE said_status AS
SELECT lead, place, millis, LOWER(status) AS status, reason FROM lead_fact WHERE kind = 'lead_status_changed' AND status IS NOT NULL;

CREATE INDEX said_status_of ON said_status (lead);

CREATE TABLE last_loss AS
SELECT d.* FROM deal d
WHERE d.lost_millis IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM deal o WHERE o.lead = d.lead
                  AND (o.lost_millis > d.lost_millis OR (o.lost_millis = d.lost_millis AND o.deal < d.deal)));

CREATE INDEX last_loss_of ON last_loss (lead);

CREATE TABLE lost_lead AS
SELECT c.*, p.name AS step,
       (SELECT f.campaign FROM lead_fact f WHERE f.lead = c.lead AND f.campaign IS NOT NULL AND NOT f.automatic ORDER BY f.place
        FETCH FIRST 1 ROW ONLY) AS campaign,
       CASE WHEN EXISTS (SELECT 1 FROM deal d WHERE d.lead = c.lead)
            THEN (SELECT e.reason FROM event e JOIN last_loss d ON d.deal = e.deal
                  WHERE d.lead = c.lead AND e.millis >= d.lost_millis AND e.reason IS NOT NULL
                  ORDER BY e.place DESC FETCH FIRST 1 ROW ONLY)
            ELSE (SELECT CASE WHEN y.status = 'disqualified' THEN y.reason WHEN y.status = 'nurture' THEN 'nurture' END
                  FROM said_status y WHERE y.lead = c.lead ORDER BY y.place DESC FETCH FIRST 1 ROW ONLY) END AS why
FROM cohort c JOIN furthest u ON u.lead = c.lead JOIN step p ON p.place = u.place
WHERE c.sold_millis IS NULL AND NOT c.is_open;

-- measures: funnel_lost
SELECT scope, 'funnel_lost' AS measure,
       CONCAT(step, CHAR(31), direction, CHAR(31), campaign, CHAR(31), why) AS dimension, day, COUNT(*) AS value
FROM lost_lead
GROUP BY scope, step, direction, campaign, why, day;

-- measures: cohort_sales_qualified_within_30_days, cohort_sold_within_90_days
SELECT scope, 'cohort_sales_qualified_within_30_days' AS measure, direction AS dimension, day, COUNT(*) AS value
FROM cohort WHERE sales_qualified_millis <= created_millis + 30 * CAST(86400000 AS BIGINT)
GROUP BY scope, direction, day
UNION ALL
SELECT scope, 'cohort_sold_within_90_days', direction, day, COUNT(*)
FROM cohort WHERE sold_millis <= created_millis + 90 * CAST(86400000 AS BIGINT)
GROUP BY scope, direction, day;

CREATE TABLE lead_credit AS
-- Scopes of a lead's owner from when to when.
SELECT o.lead, s.scope, GREATEST(o.from_millis, s.from_millis) AS from_millis, LEAST(o.until_millis, s.until_millis) AS until_millis
FROM lead_owner o JOIN scope_of s ON s.rep = COALESCE(o.owner, '')
WHERE GREATEST(o.from_millis, s.from_millis) < LEAST(o.until_millis, s.until_millis)
UNION ALL
SELECT l.lead, 'company', -9223372036854775808,
       COALESCE((SELECT MIN(o.from_millis) FROM lead_owner o WHERE o.lead = l.lead), 9223372036854775807)
FROM lead l;

CREATE INDEX lead_credit_of ON lead_credit (lead);

-- measures: lead_to_sale_millis
SELECT k.scope, 'lead_to_sale_millis' AS measure, '' AS dimension, day_of(company_zone, c.sold_millis) AS day,
       SUM(c.sold_millis - c.created_millis) AS value
FROM cohort_lead c
JOIN lead_credit k ON k.lead = c.lead AND k.from_millis <= c.sold_millis AND c.sold_millis < k.until_millis
GROUP BY k.scope, day_of(company_zone, c.sold_millis);

-- What a fact says of how far we are with a lead, and what people of ours did.
CREATE TABLE outcome AS
SELECT lead, place, millis,
       CASE WHEN kind = 'call' THEN CASE WHEN connected AND seconds >= 30 THEN 'conversation'
                                         WHEN connected THEN 'call_connected' ELSE 'call_not_connected' END
            ELSE kind END AS outcome
FROM lead_fact
WHERE (kind IN ('email_sent', 'sms_sent', 'email_replied', 'sms_replied', 'form_submitted') AND NOT automatic)
   OR kind IN ('call', 'meeting_scheduled', 'meeting_rescheduled', 'meeting_completed', 'meeting_declined',
               'meeting_cancelled', 'meeting_no_show', 'demo_held', 'demo_requested', 'quote_requested',
               'callback_requested');

CREATE INDEX outcome_of ON outcome (lead);

CREATE TABLE done AS
SELECT lead, millis, kind AS act FROM contact_attempt
UNION ALL SELECT lead, millis, kind FROM lead_fact WHERE kind IN ('task_done', 'meeting_scheduled', 'meeting_rescheduled')
UNION ALL SELECT lead, millis, 'conversation' FROM lead_fact WHERE kind = 'call' AND connected AND seconds >= 30;

CREATE INDEX done_of ON done (lead);

CREATE VIEW stage_ladder AS
SELECT place, SUBSTRING(name FROM 7) AS stage FROM step WHERE name LIKE 'stage:%';

CREATE TABLE stuck_end AS
SELECT u.*, ROW_NUMBER() OVER () AS id,
       COALESCE((SELECT o.outcome FROM outcome o WHERE o.lead = u.lead AND o.millis <= u.raised_millis
                 ORDER BY o.place DESC FETCH FIRST 1 ROW ONLY), 'none') AS before,
       CASE
         WHEN u.deal IS NULL THEN
           CASE WHEN EXISTS (SELECT 1 FROM lead_stay y WHERE y.lead = u.lead AND y.entered_millis = u.left_millis)
                  OR EXISTS (SELECT 1 FROM deal d WHERE d.lead = u.lead AND d.opened_millis = u.left_millis)
                THEN 'moved' ELSE 'lost' END
         WHEN NOT EXISTS (SELECT 1 FROM deal_stay y WHERE y.deal = u.deal AND y.entered_millis >= u.left_millis) THEN
           CASE WHEN EXISTS (SELECT 1 FROM deal d WHERE d.deal = u.deal AND d.lost_millis IS NOT NULL)
                THEN 'lost' ELSE 'moved' END
         WHEN (SELECT n.place FROM stage_ladder n WHERE n.stage =
                 (SELECT y.stage FROM deal_stay y WHERE y.deal = u.deal AND y.entered_millis >= u.left_millis
                  ORDER BY y.place FETCH FIRST 1 ROW ONLY))
              <= (SELECT n.place FROM stage_ladder n WHERE n.stage = u.stage) THEN 'back'
         ELSE 'moved' END AS ended
FROM stuck u;

CREATE TABLE stuck_credit AS
SELECT e.*, s.scope, day_of(company_zone, e.raised_millis) AS day
FROM stuck_end e
JOIN scope_of s ON s.from_millis <= e.raised_millis AND e.raised_millis < s.until_millis
 AND s.rep = COALESCE(CASE WHEN e.deal IS NULL
        THEN (SELECT o.owner FROM lead_owner o WHERE o.lead = e.lead AND o.from_millis <= e.raised_millis
              AND e.raised_millis < o.until_millis)
        ELSE (SELECT o.owner FROM deal_owner o WHERE o.deal = e.deal AND o.from_millis <= e.raised_millis
              AND e.raised_millis < o.until_millis) END, '');

CREATE TABLE stuck_act AS
SELECT DISTINCT e.id, d.act FROM stuck_end e JOIN done d ON d.lead = e.lead
WHERE d.millis > e.raised_millis AND d.millis <= LEAST(e.acts_until_millis, e.left_millis)
UNION
SELECT e.id, 'handed_over' FROM stuck_end e
WHERE (e.deal IS NULL AND EXISTS (SELECT 1 FROM lead_owner o WHERE o.lead = e.lead AND o.from_millis > e.raised_millis
                                  AND o.from_millis <= LEAST(e.acts_until_millis, e.left_millis)
                                  AND o.owner IS DISTINCT FROM (SELECT p.owner FROM lead_owner p
                                                                WHERE p.lead = o.lead AND p.until_millis = o.from_millis)))
   OR (e.deal IS NOT NULL AND EXISTS (SELECT 1 FROM deal_owner o WHERE o.deal = e.deal AND o.from_millis > e.raised_millis
                                      AND o.from_millis <= LEAST(e.acts_until_millis, e.left_millis)
                                      AND o.owner IS DISTINCT FROM (SELECT p.owner FROM deal_owner p
                                                                    WHERE p.deal = o.deal AND p.until_millis = o.from_millis)));

-- measures: stuck_ended
SELECT scope, 'stuck_ended' AS measure, CONCAT(stage, CHAR(31), before, CHAR(31), ended) AS dimension, day, COUNT(*) AS value
FROM stuck_credit
GROUP BY scope, stage, before, ended, day;

-- measures: stuck_ended_by_act
SELECT c.scope, 'stuck_ended_by_act' AS measure,
       CONCAT(c.stage, CHAR(31), COALESCE(a.act, 'nothing'), CHAR(31), c.ended) AS dimension, c.day, COUNT(*) AS value
FROM stuck_credit c LEFT JOIN stuck_act a ON a.id = c.id
GROUP BY c.scope, c.stage, COALESCE(a.act, 'nothing'), c.ended, c.day;

-- Nurture: every coming there that was not there already and before the first purchase, and the first thing that ended it.
CREATE TABLE turn AS
SELECT lead, millis, place, status FROM said_status
UNION ALL
SELECT lead, opened_millis, -1, 'deal' FROM deal WHERE EXISTS (SELECT 1 FROM lead_fact f WHERE f.lead = deal.lead);

CREATE INDEX turn_of ON turn (lead);

CREATE VIEW nurture_said AS
SELECT t.lead, t.millis, t.place,
       (SELECT x.status FROM turn x WHERE x.lead = t.lead AND (x.millis < t.millis OR (x.millis = t.millis AND x.place < t.place))
        ORDER BY x.millis DESC, x.place DESC FETCH FIRST 1 ROW ONLY) AS before
FROM turn t JOIN cohort_lead c ON c.lead = t.lead
WHERE t.status = 'nurture' AND (c.sold_millis IS NULL OR c.sold_millis > t.millis);

CREATE TABLE nurture AS
SELECT n.lead, n.millis AS from_millis,
       (SELECT MIN(x.millis) FROM turn x WHERE x.lead = n.lead AND x.status <> 'nurture'
        AND (x.millis > n.millis OR (x.millis = n.millis AND x.place > n.place))) AS until_millis
FROM nurture_said n
WHERE COALESCE(n.before, '') <> 'nurture';

CREATE TABLE nurture_became AS
SELECT n.lead, n.from_millis, 'warmed_' AS what, MIN(b.millis - n.from_millis) AS after_millis
FROM nurture n
JOIN lead_band at ON at.lead = n.lead AND at.millis = n.from_millis
JOIN lead_band b ON b.lead = n.lead AND b.millis > n.from_millis AND b.band > at.band
GROUP BY n.lead, n.from_millis
UNION ALL
SELECT n.lead, n.from_millis, 'sales_qualified_', MIN(q.millis - n.from_millis)
FROM nurture n
JOIN (SELECT lead, millis FROM said_status WHERE status = 'qualified' UNION ALL SELECT lead, opened_millis FROM deal) q
  ON q.lead = n.lead AND q.millis > n.from_millis
GROUP BY n.lead, n.from_millis;

-- measures: nurture_entered
SELECT k.scope, 'nurture_entered' AS measure, w.what AS dimension, day_of(company_zone, w.from_millis) AS day, COUNT(*) AS value
FROM (SELECT lead, from_millis, '' AS what FROM nurture
      UNION ALL
      SELECT b.lead, b.from_millis, CONCAT(b.what, t.days) FROM nurture_became b
      JOIN (VALUES (30), (90)) t (days) ON b.after_millis <= t.days * CAST(86400000 AS BIGINT)) w
JOIN lead_credit k ON k.lead = w.lead AND k.from_millis <= w.from_millis AND w.from_millis < k.until_millis
GROUP BY k.scope, w.what, day_of(company_zone, w.from_millis);

CREATE TABLE inbound_act AS
SELECT lead, place, millis FROM message
UNION
SELECT lead, place, millis FROM lead_fact
WHERE NOT automatic
  AND kind IN ('page_viewed', 'careers_page_viewed', 'price_list_viewed', 'asset_downloaded', 'form_viewed',
               'form_started', 'form_submitted', 'social_action', 'event_visited', 'newsletter_signed_up',
               'site_signed_up', 'demo_requested', 'quote_requested', 'callback_requested', 'identified',
               'other_behaviour');

CREATE INDEX inbound_act_of ON inbound_act (lead);

CREATE TABLE touch AS
SELECT t.lead, t.millis, COALESCE(t.channel, '') AS method, t.actor,
       EXISTS (SELECT 1 FROM inbound_act a WHERE a.lead = t.lead AND a.millis > t.millis
               AND a.millis <= t.millis + 14 * CAST(86400000 AS BIGINT)
               AND NOT EXISTS (SELECT 1 FROM lead_fact x WHERE x.lead = t.lead AND x.kind = 'nurture_touch'
                               AND x.place > t.place AND x.place < a.place)) AS is_answered
FROM lead_fact t WHERE t.kind = 'nurture_touch';

CREATE INDEX touch_of ON touch (lead);

-- measures: nurture_touches, nurture_responses
SELECT k.scope, m.measure, t.method AS dimension, day_of(company_zone, t.millis) AS day, COUNT(*) AS value
FROM touch t
JOIN (VALUES ('nurture_touches'), ('nurture_responses')) m (measure) ON m.measure = 'nurture_touches' OR t.is_answered
JOIN (SELECT lead, from_millis, until_millis, scope, NULL AS rep FROM lead_credit
      UNION ALL SELECT NULL, from_millis, until_millis, scope, rep FROM scope_of WHERE rep <> '') k
  ON ((t.actor IS NULL AND k.lead = t.lead) OR k.rep = t.actor) AND k.from_millis <= t.millis AND t.millis < k.until_millis
GROUP BY k.scope, m.measure, t.method, day_of(company_zone, t.millis);

CREATE TABLE in_nurture AS
SELECT n.lead, k.scope,
       (SELECT t.method FROM touch t WHERE t.lead = n.lead AND t.millis >= n.from_millis ORDER BY t.millis DESC
        FETCH FIRST 1 ROW ONLY) AS method,
       COALESCE((SELECT MAX(t.millis) FROM touch t WHERE t.lead = n.lead AND t.millis >= n.from_millis), n.from_millis) AS touched_millis
FROM nurture n
JOIN lead_credit k ON k.lead = n.lead AND k.from_millis <= as_of_millis AND as_of_millis < k.until_millis
WHERE n.until_millis IS NULL;

-- measures: in_nurture
SELECT scope, 'in_nurture' AS measure, method AS dimension, NULL AS day, COUNT(*) AS value FROM in_nurture GROUP BY scope, method;

-- measures: in_nurture_by_last_touch
SELECT scope, 'in_nurture_by_last_touch' AS measure, '' AS dimension, day_of(company_zone, touched_millis) AS day, COUNT(*) AS value
FROM in_nurture GROUP BY scope, day_of(company_zone, touched_millis);

-- Turned down, where it was not turned down already, and the first working status or deal afterwards.
CREATE TABLE turned_down AS
SELECT d.lead, d.millis, COALESCE(d.reason, '') AS reason,
       (SELECT MIN(x.millis) FROM turn x WHERE x.lead = d.lead AND x.status NOT IN ('disqualified', 'nurture')
        AND (x.millis > d.millis OR (x.millis = d.millis AND x.place > d.place))) AS back_millis
FROM said_status d
WHERE d.status = 'disqualified'
  AND COALESCE((SELECT x.status FROM turn x WHERE x.lead = d.lead AND x.status <> 'nurture'
                AND (x.millis < d.millis OR (x.millis = d.millis AND x.place < d.place))
                ORDER BY x.millis DESC, x.place DESC FETCH FIRST 1 ROW ONLY), '') <> 'disqualified';

-- measures: disqualified, disqualified_back
SELECT k.scope, t.measure, t.reason AS dimension, day_of(company_zone, t.millis) AS day, COUNT(*) AS value
FROM (SELECT lead, millis, reason, 'disqualified' AS measure FROM turned_down
      UNION ALL SELECT lead, back_millis, reason, 'disqualified_back' FROM turned_down WHERE back_millis IS NOT NULL) t
JOIN lead_credit k ON k.lead = t.lead AND k.from_millis <= t.millis AND t.millis < k.until_millis
GROUP BY k.scope, t.measure, t.reason, day_of(company_zone, t.millis);

-- measures: repeat_won_count, repeat_won_amount
SELECT m.scope, t.measure, '' AS dimension, m.day, SUM(CASE WHEN t.measure = 'repeat_won_count' THEN 1 ELSE d.amount_minor END) AS value
FROM moment m JOIN deal d ON d.deal = m.deal
JOIN (VALUES ('repeat_won_count'), ('repeat_won_amount')) t (measure) ON TRUE
WHERE m.what = 'won'
  AND EXISTS (SELECT 1 FROM deal o WHERE o.lead = d.lead
              AND (o.won_millis < d.won_millis OR (o.won_millis = d.won_millis AND o.deal < d.deal)))
GROUP BY m.scope, t.measure, m.day;

CREATE TABLE sign AS
SELECT c.lead, a.millis, a.place FROM
  (SELECT lead, MIN(won_millis) AS since FROM deal WHERE won_millis IS NOT NULL GROUP BY lead) c
JOIN (SELECT lead, place, millis FROM inbound_act
      UNION
      SELECT lead, place, millis FROM lead_fact
      WHERE (kind = 'call' AND connected AND seconds >= 30) OR (kind IN ('email_replied', 'sms_replied') AND NOT automatic)
         OR kind IN ('meeting_completed', 'demo_held')) a
  ON a.lead = c.lead AND a.millis >= c.since
UNION ALL
SELECT lead, won_millis, -1 FROM deal WHERE won_millis IS NOT NULL;

-- measures: customers_by_last_sign
SELECT k.scope, 'customers_by_last_sign' AS measure, '' AS dimension, day_of(company_zone, s.millis) AS day, COUNT(*) AS value
FROM (SELECT lead, MAX(millis) AS millis FROM sign GROUP BY lead) s
JOIN lead_credit k ON k.lead = s.lead AND k.from_millis <= as_of_millis AND as_of_millis < k.until_millis
GROUP BY k.scope, day_of(company_zone, s.millis);

-- measures: customers_renewed
SELECT k.scope, 'customers_renewed' AS measure, '' AS dimension, day_of(company_zone, s.millis) AS day, COUNT(*) AS value
FROM (SELECT lead, millis, LAG(millis) OVER (PARTITION BY lead ORDER BY millis, place) AS before FROM sign) s
JOIN lead_credit k ON k.lead = s.lead AND k.from_millis <= s.millis AND s.millis < k.until_millis
WHERE s.millis - s.before >= 90 * CAST(86400000 AS BIGINT)
GROUP BY k.scope, day_of(company_zone, s.millis);

-- measures: form_acts
SELECT 'company' AS scope, 'form_acts' AS measure, CONCAT(asset, CHAR(31), kind) AS dimension, day, COUNT(*) AS value
FROM event
WHERE is_web AND visitor IS NOT NULL AND NOT automatic AND asset IS NOT NULL
  AND kind IN ('form_viewed', 'form_started', 'form_submitted', 'demo_requested', 'quote_requested', 'callback_requested',
               'newsletter_signed_up', 'site_signed_up')
GROUP BY asset, kind, day
