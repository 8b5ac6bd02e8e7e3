-- The task as far as SQL can say it. Between statements are a semicolon and an empty line; ${...} is filled in by SqlProgram.
-- What needs a clock of its own is a process table function: IDENTIFY, SCORE and STAGE_CLOCKS.

CREATE TABLE activities (
    `source` STRING,
    `id` STRING,
    `kind` STRING,
    `time` STRING,
    `lead` STRING,
    `deal` STRING,
    `asset` STRING,
    `product` STRING,
    `owner` STRING,
    `stage` STRING,
    `amount` STRING,
    `automatic` BOOLEAN,
    `direction` STRING,
    `connected` BOOLEAN,
    `seconds` INT,
    `record_partition` INT NOT NULL METADATA FROM 'partition' VIRTUAL,
    `record_offset` BIGINT NOT NULL METADATA FROM 'offset' VIRTUAL,
    `arrived` AS PROCTIME(),
    -- A broken time moves no clock.
    `ts` AS TO_TIMESTAMP_LTZ(COALESCE(INSTANT_MILLIS(`time`), 0), 3),
    WATERMARK FOR `ts` AS `ts` - INTERVAL '5.001' SECOND
) WITH (
    'connector' = 'kafka',
    'topic' = 'crm.activities.v1',
    'properties.bootstrap.servers' = '${bootstrap.servers}',
    'properties.group.id' = 'sql-activities',
    'scan.startup.mode' = 'earliest-offset',
    'format' = 'json',
    'json.ignore-parse-errors' = 'true',
    -- The faster decoder hands on nothing as a row, which the source takes for a bug when a table has metadata.
    'json.decode.json-parser.enabled' = 'false'
);

CREATE TABLE behaviour (
    `type` STRING,
    `event` STRING,
    `messageId` STRING,
    `anonymousId` STRING,
    `userId` STRING,
    `timestamp` STRING,
    `originalTimestamp` STRING,
    `sentAt` STRING,
    `receivedAt` STRING,
    `properties` ROW<`path` STRING, `asset` STRING, `form` STRING, `product` STRING, `event_id` STRING>,
    `context` ROW<`bot` BOOLEAN>,
    `record_partition` INT NOT NULL METADATA FROM 'partition' VIRTUAL,
    `record_offset` BIGINT NOT NULL METADATA FROM 'offset' VIRTUAL,
    `arrived` AS PROCTIME(),
    `ts` AS TO_TIMESTAMP_LTZ(
        COALESCE(TRACKED_MILLIS(`originalTimestamp`, `sentAt`, `receivedAt`, `timestamp`), 0), 3),
    WATERMARK FOR `ts` AS `ts` - INTERVAL '5.001' SECOND
) WITH (
    'connector' = 'kafka',
    'topic' = 'web.behaviour.v1',
    'properties.bootstrap.servers' = '${bootstrap.servers}',
    'properties.group.id' = 'sql-behaviour',
    'scan.startup.mode' = 'earliest-offset',
    'format' = 'json',
    'json.ignore-parse-errors' = 'true',
    'json.decode.json-parser.enabled' = 'false'
);

-- The format of JSON passes over what is none, and nothing would be known of it: both topics are read a second time as texts.
CREATE TABLE texts (
    `text` STRING,
    `record_topic` STRING NOT NULL METADATA FROM 'topic' VIRTUAL,
    `record_partition` INT NOT NULL METADATA FROM 'partition' VIRTUAL,
    `record_offset` BIGINT NOT NULL METADATA FROM 'offset' VIRTUAL
) WITH (
    'connector' = 'kafka',
    'topic' = 'crm.activities.v1;web.behaviour.v1',
    'properties.bootstrap.servers' = '${bootstrap.servers}',
    'properties.group.id' = 'sql-texts',
    'scan.startup.mode' = 'earliest-offset',
    'format' = 'raw'
);

-- One topic; but each insertion has transactions of its own.

CREATE TABLE score_results (
    `result_key` STRING NOT NULL,
    `result_value` STRING,
    PRIMARY KEY (`result_key`) NOT ENFORCED
) WITH (
    'connector' = 'upsert-kafka',
    'topic' = '${results}',
    'properties.bootstrap.servers' = '${bootstrap.servers}',
    -- Not more than a broker allows by default.
    'properties.transaction.timeout.ms' = '900000',
    'key.format' = 'raw',
    'value.format' = 'raw',
    'value.fields-include' = 'EXCEPT_KEY',
    'sink.delivery-guarantee' = 'exactly-once',
    'sink.transactional-id-prefix' = 'sql-scores'
);

CREATE TABLE sales_results WITH ('sink.transactional-id-prefix' = 'sql-sales') LIKE score_results;

CREATE TABLE stuck_results WITH ('sink.transactional-id-prefix' = 'sql-stuck') LIKE score_results;

CREATE TABLE dead_letter_results WITH ('sink.transactional-id-prefix' = 'sql-dead-letters') LIKE score_results;

CREATE VIEW reps (`rep`, `team`) AS VALUES ${reps};

-- What can be counted, and why the rest cannot.

CREATE VIEW checked_activities AS
SELECT
    *,
    CASE
        WHEN `kind` IS NULL THEN 'missing_field'
        WHEN `kind` NOT IN (
            'lead_created', 'lead_updated', 'email_sent', 'email_opened', 'email_clicked', 'email_replied',
            'email_unsubscribed', 'call', 'meeting_completed', 'meeting_no_show', 'event_visited', 'deal_opened',
            'deal_updated', 'deal_stage_changed', 'deal_won', 'deal_lost') THEN 'unknown_kind'
        WHEN `source` IS NULL OR `id` IS NULL OR `time` IS NULL THEN 'missing_field'
        WHEN INSTANT_MILLIS(`time`) IS NULL THEN 'invalid_time'
        WHEN `amount` IS NOT NULL AND NOT REGEXP(`amount`, '^[0-9]{1,15}(\.[0-9]{1,2})?$') THEN 'invalid_amount'
        WHEN `lead` IS NULL THEN 'no_lead'
        WHEN `deal` IS NULL AND `kind` LIKE 'deal%' THEN 'missing_field'
    END AS `reason`
FROM activities;

CREATE VIEW checked_behaviour AS
SELECT
    *,
    CASE
        WHEN `type` IS NULL OR `messageId` IS NULL THEN 'missing_field'
        WHEN `userId` IS NULL AND `anonymousId` IS NULL THEN 'no_lead'
        WHEN TRACKED_MILLIS(`originalTimestamp`, `sentAt`, `receivedAt`, `timestamp`) IS NULL
            THEN CASE
                WHEN COALESCE(`timestamp`, `originalTimestamp`) IS NULL THEN 'missing_field'
                ELSE 'invalid_time'
            END
    END AS `reason`
FROM behaviour;

-- Once.

CREATE VIEW once_activities AS
SELECT *
FROM (
    SELECT
        `kind`,
        `lead`,
        `deal`,
        `asset`,
        `product`,
        `owner`,
        `stage`,
        CAST(CAST(`amount` AS DECIMAL(17, 2)) * 100 AS BIGINT) AS `amount_minor`,
        `automatic`,
        `direction`,
        COALESCE(`connected`, FALSE) AND COALESCE(`seconds`, 0) >= 30 AS `reached`,
        INSTANT_MILLIS(`time`) AS `millis`,
        ROW_NUMBER() OVER (PARTITION BY `source`, `id` ORDER BY `arrived`) AS `nth`
    FROM checked_activities
    WHERE `reason` IS NULL
)
WHERE `nth` = 1;

CREATE VIEW once_behaviour AS
SELECT *
FROM (
    SELECT
        `type`,
        `event`,
        `userId` AS `named`,
        `anonymousId` AS `visitor`,
        `properties`.`path` AS `path`,
        `properties`.`asset` AS `asset`,
        `properties`.`form` AS `form`,
        `properties`.`product` AS `product`,
        `properties`.`event_id` AS `event_id`,
        COALESCE(`context`.`bot`, FALSE) AS `automatic`,
        TRACKED_MILLIS(`originalTimestamp`, `sentAt`, `receivedAt`, `timestamp`) AS `millis`,
        `record_partition`,
        `record_offset`,
        ROW_NUMBER() OVER (PARTITION BY `anonymousId`, `messageId` ORDER BY `arrived`) AS `nth`
    FROM checked_behaviour
    WHERE `reason` IS NULL
)
WHERE `nth` = 1;

-- Which rule gives points, and what limits how often it counts.

CREATE VIEW activity_rules AS
SELECT
    `lead`,
    `millis`,
    CASE
        WHEN `automatic` THEN NULL
        WHEN `kind` = 'call' AND `direction` = 'inbound' THEN 'inbound_call'
        WHEN `kind` = 'call' AND `direction` = 'outbound' AND `reached` THEN 'outbound_call'
        WHEN `kind` IN (
            'email_opened', 'email_clicked', 'email_replied', 'email_unsubscribed', 'meeting_completed',
            'meeting_no_show', 'event_visited') THEN `kind`
    END AS `rule`,
    `asset`,
    `product`
FROM once_activities;

CREATE VIEW behaviour_rules AS
SELECT
    `visitor`,
    `named`,
    `millis`,
    CASE
        WHEN `automatic` THEN NULL
        WHEN `type` = 'page' THEN CASE
            WHEN `path` = '/pricing' OR `path` LIKE '/pricing/%' THEN 'price_list'
            WHEN `path` = '/careers' OR `path` LIKE '/careers/%' THEN 'careers_page'
            ELSE 'page_view'
        END
        WHEN `type` <> 'track' THEN NULL
        WHEN `event` = 'Asset Downloaded' THEN 'download'
        WHEN `event` = 'Form Submitted' THEN CASE WHEN `form` = 'demo' THEN 'demo_request' ELSE 'form' END
        WHEN `event` = 'Demo Requested' THEN 'demo_request'
        WHEN `event` = 'Social Action' THEN 'social_action'
        WHEN `event` = 'Event Visited' THEN 'event_visited'
        WHEN `event` = 'Newsletter Signed Up' THEN 'newsletter'
    END AS `rule`,
    CASE `event`
        WHEN 'Asset Downloaded' THEN `asset`
        WHEN 'Form Submitted' THEN `form`
        WHEN 'Event Visited' THEN `event_id`
    END AS `asset`,
    `product`,
    `record_partition`,
    `record_offset`
FROM once_behaviour;

-- Whose.

-- Who comes without a visitor's id names his lead each time.
CREATE VIEW visitor_acts AS
SELECT
    COALESCE(`visitor`, CONCAT('lead ', `named`)) AS `visitor`,
    `named`,
    `millis`,
    `rule`,
    `asset`,
    `product`,
    `record_partition`,
    `record_offset`
FROM behaviour_rules;

CREATE VIEW identified AS
SELECT * FROM IDENTIFY(`act` => TABLE visitor_acts PARTITION BY `visitor`, `uid` => 'identify');

CREATE VIEW acts AS
SELECT
    `lead`,
    `millis`,
    `rule`,
    CASE
        WHEN `rule` IN ('page_view', 'price_list', 'social_action', 'email_replied', 'inbound_call', 'outbound_call')
            THEN CONCAT(`rule`, '|', DATE_FORMAT(TO_TIMESTAMP_LTZ(`millis`, 3), 'yyyy-MM-dd'))
        WHEN `rule` IN ('download', 'form', 'event_visited', 'email_opened', 'email_clicked')
            THEN CONCAT_WS('|', `rule`, `asset`)
        WHEN `rule` = 'demo_request' THEN CONCAT_WS('|', `rule`, `product`)
        ELSE `rule`
    END AS `place`,
    CASE
        WHEN `rule` IS NULL OR `rule` IN ('meeting_completed', 'meeting_no_show') THEN CAST(NULL AS BIGINT)
        WHEN `rule` = 'page_view' THEN CAST(5 AS BIGINT)
        WHEN `rule` = 'social_action' THEN CAST(3 AS BIGINT)
        ELSE CAST(1 AS BIGINT)
    END AS `times`
FROM (
    SELECT `lead`, `millis`, `rule`, `asset`, `product` FROM activity_rules
    UNION ALL
    SELECT `lead`, `millis`, `rule`, `asset`, `product` FROM identified WHERE `lead` IS NOT NULL
);

-- The earliest of each place count; what has no limit counts, and what has no points makes its lead known.

CREATE VIEW counted_acts AS
SELECT `lead`, `millis`, `rule`
FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY `lead`, `place`, `times` ORDER BY `millis`) AS `nth`
    FROM acts
    WHERE `times` IS NOT NULL
)
WHERE `nth` <= `times`
UNION ALL
SELECT `lead`, `millis`, `rule` FROM acts WHERE `times` IS NULL;

CREATE VIEW point_changes AS
SELECT
    `lead`,
    `millis`,
    CASE `rule`
        WHEN 'page_view' THEN 'page_views'
        WHEN 'email_unsubscribed' THEN 'opt_out'
        ELSE 'engagement'
    END AS `part`,
    CASE `rule`
        WHEN 'page_view' THEN 1
        WHEN 'careers_page' THEN -10
        WHEN 'price_list' THEN 10
        WHEN 'download' THEN 5
        WHEN 'form' THEN 20
        WHEN 'demo_request' THEN 50
        WHEN 'social_action' THEN 3
        WHEN 'event_visited' THEN 10
        WHEN 'newsletter' THEN 10
        WHEN 'email_opened' THEN 1
        WHEN 'email_clicked' THEN 3
        WHEN 'email_replied' THEN 15
        WHEN 'inbound_call' THEN 15
        WHEN 'outbound_call' THEN 5
        WHEN 'meeting_completed' THEN 25
        WHEN 'meeting_no_show' THEN -15
        WHEN 'email_unsubscribed' THEN -30
    END AS `points`
FROM counted_acts;

CREATE VIEW scores AS
SELECT * FROM SCORE(`act` => TABLE point_changes PARTITION BY `lead`, `uid` => 'score');

-- Sales: of each deal the last win, the newest amount, and who had it then.

CREATE VIEW deal_events AS
SELECT `deal`, `kind`, `owner`, `stage`, `amount_minor`, `millis` FROM once_activities WHERE `kind` LIKE 'deal%';

CREATE VIEW wins AS
SELECT `deal`, `millis`
FROM (
    SELECT `deal`, `millis`, ROW_NUMBER() OVER (PARTITION BY `deal` ORDER BY `millis` DESC) AS `nth`
    FROM deal_events
    WHERE `kind` = 'deal_won'
)
WHERE `nth` = 1;

CREATE VIEW amounts AS
SELECT `deal`, `amount_minor`
FROM (
    SELECT `deal`, `amount_minor`, ROW_NUMBER() OVER (PARTITION BY `deal` ORDER BY `millis` DESC) AS `nth`
    FROM deal_events
    WHERE `amount_minor` IS NOT NULL
)
WHERE `nth` = 1;

CREATE VIEW won_deals AS
SELECT
    w.`deal`,
    DATE_FORMAT(TO_TIMESTAMP_LTZ(w.`millis`, 3), 'yyyy-MM-dd') AS `won_on`,
    COALESCE(a.`amount_minor`, 0) AS `amount_minor`
FROM wins AS w
LEFT JOIN amounts AS a ON a.`deal` = w.`deal`;

CREATE VIEW owners AS
SELECT `deal`, `owner`, `millis` FROM deal_events WHERE `owner` IS NOT NULL;

CREATE VIEW winners AS
SELECT `deal`, `owner`
FROM (
    SELECT w.`deal`, o.`owner`, ROW_NUMBER() OVER (PARTITION BY w.`deal` ORDER BY o.`millis` DESC) AS `nth`
    FROM wins AS w
    JOIN owners AS o ON o.`deal` = w.`deal` AND o.`millis` <= w.`millis`
)
WHERE `nth` = 1;

CREATE VIEW owned_sales AS
SELECT w.`won_on`, w.`amount_minor`, o.`owner`
FROM won_deals AS w
JOIN winners AS o ON o.`deal` = w.`deal`;

CREATE VIEW day_sales AS
SELECT
    `result_key`,
    JSON_OBJECT('won_amount_minor' VALUE SUM(`amount_minor`), 'won_count' VALUE COUNT(*)) AS `result_value`
FROM (
    SELECT CONCAT('sales|company|', `won_on`) AS `result_key`, `amount_minor` FROM won_deals
    UNION ALL
    SELECT CONCAT('sales|rep:', `owner`, '|', `won_on`), `amount_minor` FROM owned_sales
    UNION ALL
    SELECT CONCAT('sales|team:', r.`team`, '|', s.`won_on`), s.`amount_minor`
    FROM owned_sales AS s
    JOIN reps AS r ON r.`rep` = s.`owner`
)
GROUP BY `result_key`;

CREATE VIEW stage_steps AS
SELECT
    `deal`,
    `millis`,
    `kind` IN ('deal_won', 'deal_lost') AS `closing`,
    `stage`,
    `owner`
FROM deal_events
WHERE `kind` IN ('deal_won', 'deal_lost') OR `stage` IS NOT NULL OR `owner` IS NOT NULL;

CREATE VIEW stuck AS
SELECT * FROM STAGE_CLOCKS(`event` => TABLE stage_steps PARTITION BY `deal`, `uid` => 'stage_clocks');

CREATE VIEW dead_letters (`record`, `reason`) AS
SELECT CONCAT_WS('/', `record_topic`, CAST(`record_partition` AS STRING), CAST(`record_offset` AS STRING)), 'invalid_json'
FROM texts
WHERE `text` IS NOT JSON OBJECT
UNION ALL
SELECT CONCAT_WS('/', 'crm.activities.v1', CAST(`record_partition` AS STRING), CAST(`record_offset` AS STRING)), `reason`
FROM checked_activities
WHERE `reason` IS NOT NULL
UNION ALL
SELECT CONCAT_WS('/', 'web.behaviour.v1', CAST(`record_partition` AS STRING), CAST(`record_offset` AS STRING)), `reason`
FROM checked_behaviour
WHERE `reason` IS NOT NULL
UNION ALL
SELECT CONCAT_WS('/', 'web.behaviour.v1', CAST(`record_partition` AS STRING), CAST(`record_offset` AS STRING)),
    'held_dropped'
FROM identified
WHERE `lead` IS NULL;

EXECUTE STATEMENT SET
BEGIN
INSERT INTO score_results
SELECT
    CONCAT('score|', `lead`),
    JSON_OBJECT('as_of' VALUE `as_of`, 'score' VALUE `score`, 'band' VALUE `band`)
FROM scores;
INSERT INTO sales_results
SELECT `result_key`, `result_value` FROM day_sales;
INSERT INTO stuck_results
SELECT
    CONCAT_WS('|', 'stuck', `deal`, `stage`, CAST(`entered` AS STRING)),
    CASE
        WHEN `raised` IS NULL THEN 'null'
        ELSE JSON_OBJECT(
            'owner' VALUE `owner`, 'raised' VALUE `raised`, 'escalated' VALUE `escalated`, 'left' VALUE `left`
            NULL ON NULL)
    END
FROM stuck;
INSERT INTO dead_letter_results
SELECT CONCAT('dead|', `record`), JSON_OBJECT('reason' VALUE `reason`) FROM dead_letters;
END;
