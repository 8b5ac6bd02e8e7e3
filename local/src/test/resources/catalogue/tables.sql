-- What the statements of this folder find: all events of a history that count, of each id the newest version, and what
-- the test's own oracle reads from them. Times are epoch milliseconds (UTC); 9223372036854775807 is "not ended", and
-- -9223372036854775808 "from the beginning". Constants: company_zone, as_of_millis, one_day. day_of(company_zone, millis) is the
-- company's day, day_start(company_zone, day) when it begins, week_hour(company_zone, millis) its weekday and hour
-- ('1-0' is Monday after midnight).

CREATE CONSTANT one_day VALUE CAST(86400000 AS BIGINT);

CREATE ALIAS day_of DETERMINISTIC FOR "io.leadpulse.oracle.CatalogueSql.dayOf";

CREATE ALIAS day_start DETERMINISTIC FOR "io.leadpulse.oracle.CatalogueSql.dayStart";

CREATE ALIAS week_hour DETERMINISTIC FOR "io.leadpulse.oracle.CatalogueSql.weekHour";

CREATE ALIAS slot_of DETERMINISTIC FOR "io.leadpulse.oracle.CatalogueSql.slotOf";

-- Activities and behaviour that stand; place numbers them in canonical order. lead is whose it is, of a merged lead the one
-- it was merged into, NULL while nobody knows. Merges, unmerges, deletions and what these withdrew are not here.
CREATE TABLE event (
    place INT PRIMARY KEY, event VARCHAR NOT NULL, kind VARCHAR NOT NULL, millis BIGINT NOT NULL, day DATE NOT NULL,
    version BIGINT NOT NULL, is_web BOOLEAN NOT NULL, lead VARCHAR, visitor VARCHAR, deal VARCHAR, asset VARCHAR,
    actor VARCHAR, owner VARCHAR, status VARCHAR, stage VARCHAR, reason VARCHAR, product VARCHAR, campaign VARCHAR,
    channel VARCHAR, direction VARCHAR, automatic BOOLEAN NOT NULL, cold BOOLEAN NOT NULL, connected BOOLEAN NOT NULL,
    seconds BIGINT NOT NULL, due_millis BIGINT, path VARCHAR, form VARCHAR,
    template VARCHAR
);

-- Every act of a visitor that stands among the versions of its event, also of a lead that was deleted later; lead is whose it
-- is, NULL while nobody knows.
CREATE TABLE visitor_event (
    visitor VARCHAR NOT NULL, millis BIGINT NOT NULL, campaign VARCHAR, channel VARCHAR, automatic BOOLEAN NOT NULL, lead VARCHAR
);

-- Deals that were not deleted. The amount is in minor units of the company's currency, 0 when none is known.
CREATE TABLE deal (
    deal VARCHAR PRIMARY KEY, lead VARCHAR NOT NULL, opened_millis BIGINT NOT NULL, won_millis BIGINT,
    lost_millis BIGINT, amount_minor BIGINT NOT NULL, product VARCHAR, reason VARCHAR, competitor VARCHAR
);

-- Who owned a deal, and a lead, from when to when; owner is NULL for nobody.
CREATE TABLE deal_owner (deal VARCHAR NOT NULL, from_millis BIGINT NOT NULL, until_millis BIGINT NOT NULL, owner VARCHAR);

CREATE TABLE lead_owner (lead VARCHAR NOT NULL, from_millis BIGINT NOT NULL, until_millis BIGINT NOT NULL, owner VARCHAR);

-- Stays of a deal in its stages; left_millis is NULL while one lasts. place numbers the stays of a deal.
CREATE TABLE deal_stay (
    deal VARCHAR NOT NULL, place INT NOT NULL, stage VARCHAR NOT NULL, entered_millis BIGINT NOT NULL, left_millis BIGINT
);

-- When a deal was neither won nor lost; until_millis may be "not ended".
CREATE TABLE deal_open (deal VARCHAR NOT NULL, from_millis BIGINT NOT NULL, until_millis BIGINT NOT NULL);

CREATE TABLE deal_refund (deal VARCHAR NOT NULL, millis BIGINT NOT NULL, amount_minor BIGINT NOT NULL);

CREATE TABLE deal_expected (deal VARCHAR NOT NULL, from_millis BIGINT NOT NULL, day DATE NOT NULL);

-- Leads of which anything is known, with their milestones; NULL where there is none.
CREATE TABLE lead (
    lead VARCHAR PRIMARY KEY, created_millis BIGINT, first_contact_millis BIGINT, marketing_qualified_millis BIGINT,
    sales_qualified_millis BIGINT
);

-- The scopes that a rep's numbers count for, and when: company always, rep:R always, team:T while he is in it. Nobody
-- is the empty text and counts for the company.
CREATE TABLE scope_of (rep VARCHAR NOT NULL, from_millis BIGINT NOT NULL, until_millis BIGINT NOT NULL, scope VARCHAR NOT NULL)
;

-- Stays of a lead in its own stages; left_millis is NULL while one lasts.
CREATE TABLE lead_stay (
    lead VARCHAR NOT NULL, place INT NOT NULL, stage VARCHAR NOT NULL, entered_millis BIGINT NOT NULL, left_millis BIGINT
);

-- Time in stages that were left, of a lead (deal is NULL) or deal: all stays together in business days of 86,400,000
-- milliseconds, as bucket b with 1.01^b <= milliseconds < 1.01^(b+1), -1 for less than one; left_millis is the last leaving.
CREATE TABLE stage_time (lead VARCHAR NOT NULL, deal VARCHAR, stage VARCHAR NOT NULL, left_millis BIGINT NOT NULL, bucket INT NOT NULL);

-- Stays that were stuck and have ended; acts_until_millis is 10 business days after the warning.
CREATE TABLE stuck (
    lead VARCHAR NOT NULL, deal VARCHAR, stage VARCHAR NOT NULL, entered_millis BIGINT NOT NULL,
    raised_millis BIGINT NOT NULL, left_millis BIGINT NOT NULL, acts_until_millis BIGINT NOT NULL
);

-- Band (0 cold, 1 warm, 2 hot) of leads that were in nurture, at the times of their events.
CREATE TABLE lead_band (lead VARCHAR NOT NULL, millis BIGINT NOT NULL, band INT NOT NULL, PRIMARY KEY (lead, millis));

CREATE INDEX event_of_lead ON event (lead, place);

CREATE INDEX event_of_deal ON event (deal, place);

CREATE INDEX deal_of_lead ON deal (lead);

CREATE INDEX stay_of_deal ON deal_stay (deal, place);

CREATE INDEX stay_of_lead ON lead_stay (lead, place);

CREATE INDEX owner_of_deal ON deal_owner (deal, from_millis);

CREATE INDEX owner_of_lead ON lead_owner (lead, from_millis);

CREATE INDEX expected_of_deal ON deal_expected (deal, from_millis);

CREATE INDEX scope_of_rep ON scope_of (rep);
