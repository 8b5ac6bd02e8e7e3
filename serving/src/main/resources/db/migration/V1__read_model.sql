-- The read model: history, cohorts and lists. Written by serving alone, from committed results; everything in it can be
-- written again from the result topics (docs/decisions/034). Instants are timestamptz; money is whole minor units of the
-- company's currency, which money() turns into main units for boards.

create table setting (
    key text primary key,
    value text not null
);
comment on table setting is 'What boards and pages must know of the configuration; written at each start.';
comment on column setting.key is 'company, currency (ISO 4217), minor_digits, zone (IANA), public_url (null when unknown: absent); caught_up_at: when this database first held all results; live_since: when the engine had first read all events';
comment on column setting.value is 'Its value as text';

create table consumer_position (
    topic text not null,
    partition integer not null,
    next_offset bigint not null,
    primary key (topic, partition)
);
comment on table consumer_position is 'How far each topic is written here; moves in the transaction that writes the rows.';
comment on column consumer_position.next_offset is 'Offset of the next record to read';

create table lead (
    lead text primary key,
    owner text,
    team text,
    product text,
    status text not null,
    direction text not null,
    band text not null,
    score double precision not null,
    raw_score double precision not null,
    fit double precision not null,
    interest double precision not null,
    momentum_24h double precision not null,
    momentum_7d double precision not null,
    stage text,
    stage_since timestamptz,
    created_at timestamptz,
    marketing_qualified_at timestamptz,
    marketing_qualified_by text,
    accepted_at timestamptz,
    rejected_at timestamptz,
    rejected_reason text,
    sales_qualified_at timestamptz,
    hand_raised_at timestamptz,
    unassigned_since timestamptz,
    first_contact_at timestamptz,
    first_contact_business_seconds bigint,
    last_contact_at timestamptz,
    last_contact_kind text,
    last_contact_two_way boolean,
    next_planned_at timestamptz,
    next_planned_kind text,
    reply_owed_since timestamptz,
    next_step text,
    first_campaign text,
    first_channel text,
    last_campaign text,
    last_channel text,
    open_deals bigint not null,
    open_amount_minor bigint not null,
    won_deals bigint not null,
    won_amount_minor bigint not null,
    lost_deals bigint not null,
    as_of timestamptz not null,
    document jsonb not null
);
comment on table lead is 'One row a lead: its profile (lead.profiles.v1).';
comment on column lead.owner is 'Rep who owns it; null when nobody does';
comment on column lead.team is 'Team of the owner; null without one';
comment on column lead.product is 'Product of its latest deal, or of most interest; null when unknown';
comment on column lead.status is 'new, working, nurture, qualified, disqualified or customer';
comment on column lead.direction is 'inbound, outbound or unknown: who made the first contact';
comment on column lead.band is 'cold, warm or hot';
comment on column lead.score is 'Points, 0 to 100, decayed to as_of';
comment on column lead.raw_score is 'Points, decayed to as_of, without the clamp of the total';
comment on column lead.fit is 'Points that attributes give';
comment on column lead.interest is 'Points that acts give';
comment on column lead.momentum_24h is 'Change of the raw score in 24 hours, points';
comment on column lead.momentum_7d is 'Change of the raw score in 7 days, points';
comment on column lead.stage is 'Stage in which its clock runs; null when none does';
comment on column lead.stage_since is 'Since when it is in that stage';
comment on column lead.marketing_qualified_by is 'Idempotency key of the event that qualified it';
comment on column lead.hand_raised_at is 'When it last asked to be contacted (demo, quote, call back); null if never';
comment on column lead.unassigned_since is 'Since when nobody owns it; null while somebody does';
comment on column lead.first_contact_business_seconds is 'Working time until the first contact, seconds';
comment on column lead.last_contact_kind is 'Kind of that event, as on the wire';
comment on column lead.last_contact_two_way is 'Whether it was a conversation, a reply or a meeting';
comment on column lead.reply_owed_since is 'Since when it waits for an answer; null when none is owed';
comment on column lead.next_step is 'What to do next, in the words of the configuration; null without';
comment on column lead.open_amount_minor is 'Amount of its open deals as far as it is known, minor units';
comment on column lead.won_amount_minor is 'Amount of its won deals, minor units';
comment on column lead.as_of is 'Event time for which the row is true';
comment on column lead.document is 'The whole record, for API and page';
create index lead_by_owner on lead (owner, band);
create index lead_by_team on lead (team);
create index lead_unassigned on lead (unassigned_since) where unassigned_since is not null;
create index lead_reply_owed on lead (reply_owed_since) where reply_owed_since is not null;
create index lead_hand_raised on lead (hand_raised_at) where hand_raised_at is not null;
create index lead_next_planned on lead (next_planned_at) where next_planned_at is not null;
create index lead_created on lead (created_at);
create index lead_open_value on lead (open_amount_minor desc) where open_deals > 0;

create table deal (
    deal text not null,
    lead text not null,
    state text not null,
    stage text,
    stage_since timestamptz,
    stage_due timestamptz,
    stage_limit text,
    owner text,
    team text,
    product text,
    amount_minor bigint,
    opened_at timestamptz,
    closed_at timestamptz,
    expected_close date,
    expected_close_moves integer not null,
    reason text,
    last_change_at timestamptz,
    as_of timestamptz not null,
    primary key (lead, deal)
);
comment on table deal is 'One row a deal, from its lead''s profile, which lists open ones and then the newest, 50 at most. While a deal moves to another lead it may stand under both for a moment.';
comment on column deal.state is 'open, won or lost';
comment on column deal.stage_due is 'When the limit of its stay in the stage is reached, in working time; null without a limit';
comment on column deal.stage_limit is 'That limit in words';
comment on column deal.amount_minor is 'Minor units; null when unknown';
comment on column deal.expected_close_moves is 'How often the expected close was put off';
comment on column deal.reason is 'Why it was lost';
create index deal_by_id on deal (deal);
create index deal_open on deal (owner, stage) where state = 'open';
create index deal_closed on deal (closed_at desc) where state <> 'open';
create index deal_opened on deal (opened_at);

create table ledger (
    lead text not null,
    fact_id text not null,
    rule text not null,
    event text not null,
    time timestamptz not null,
    rule_version integer not null,
    group_name text not null,
    points double precision not null,
    product text,
    withdrawn text,
    as_of timestamptz not null,
    primary key (lead, fact_id, rule)
);
comment on table ledger is 'What each fact gave to a lead''s score by which rule (lead.ledger.v1).';
comment on column ledger.fact_id is '16 hexadecimal digits';
comment on column ledger.event is 'Idempotency key of the event, source/id';
comment on column ledger.time is 'Event time; from then on the points count';
comment on column ledger.points is 'Points before decay; 0 when withdrawn';
comment on column ledger.withdrawn is 'Why the points were taken back; null while they count';
create index ledger_by_lead on ledger (lead, time desc);
create index ledger_by_time on ledger (time);

create table alert (
    alert text primary key,
    cause text not null,
    scope text,
    lead text,
    deal text,
    owner text,
    team text,
    stage text,
    since timestamptz not null,
    limit_text text,
    state text not null,
    severity text not null,
    raised_at timestamptz not null,
    escalated_at timestamptz,
    snoozed_until timestamptz,
    handled_at timestamptz,
    ended_at timestamptz,
    is_open boolean not null,
    details jsonb not null,
    transitions jsonb not null,
    as_of timestamptz not null
);
comment on table alert is 'One row an alert with its whole life (lead.alerts.v1).';
comment on column alert.cause is 'stuck, idle, first_contact, reply_owed, planned_overdue, expected_close_passed, unassigned, behind_pace, milestone';
comment on column alert.scope is 'Whose alert it is where it is not of one lead: company, team:NAME, rep:ID';
comment on column alert.owner is 'Rep to be told; null when nobody owns it';
comment on column alert.team is 'Team of that rep now';
comment on column alert.since is 'Since when the cause holds';
comment on column alert.limit_text is 'The limit in words';
comment on column alert.state is 'The last transition: raised, escalated, snoozed, handled, resolved or withdrawn';
comment on column alert.severity is 'warning or critical';
comment on column alert.snoozed_until is 'Until when it is put off; null when it is not, or when the end is not known';
comment on column alert.ended_at is 'When it was resolved or withdrawn; null while it is open';
comment on column alert.is_open is 'Neither resolved nor withdrawn; one that was handled is open as long as its cause stands';
comment on column alert.details is 'More about it by name, values are text';
comment on column alert.transitions is '[{state, time, severity, reason}] in order of time';
create index alert_by_lead on alert (lead);
create index alert_open on alert (owner, cause) where is_open;
create index alert_raised on alert (raised_at desc);
create index alert_of_scope on alert (scope, raised_at desc) where scope is not null;

create table rollup_day (
    scope text not null,
    measure text not null,
    dimension text not null,
    day date not null,
    unit text not null,
    value bigint not null,
    as_of timestamptz not null,
    primary key (scope, measure, dimension, day)
);
comment on table rollup_day is 'Sums by day of the company''s calendar (sales.rollups.v1), back-dated corrections included.';
comment on column rollup_day.scope is 'company, team:NAME or rep:ID';
comment on column rollup_day.measure is 'What is summed, such as won_amount';
comment on column rollup_day.dimension is 'Stage, reason or kind that it is divided by; empty when it is not';
comment on column rollup_day.unit is 'money (minor units), count or milliseconds';
create index rollup_day_by_measure on rollup_day (measure, day);

create table rollup_bucket (
    scope text not null,
    measure text not null,
    dimension text not null,
    day date not null,
    bucket integer not null,
    unit text not null,
    value bigint not null,
    as_of timestamptz not null,
    primary key (scope, measure, dimension, day, bucket)
);
comment on table rollup_bucket is 'Histograms of durations by day; what medians and percentiles come from.';
comment on column rollup_bucket.bucket is 'A duration d lies in bucket b when 1.01^b <= d milliseconds < 1.01^(b+1); -1 holds 0';
comment on column rollup_bucket.value is 'Number of durations in the bucket';

create table rollup_slot (
    scope text not null,
    measure text not null,
    slot timestamp not null,
    value bigint not null,
    as_of timestamptz not null,
    primary key (scope, measure, slot)
);
comment on table rollup_slot is 'Sums by five minutes; the course of a day.';
comment on column rollup_slot.slot is 'First minute of the five, in the company''s local time';
comment on column rollup_slot.value is 'Minor units of what came in these five minutes';

create table rollup_now (
    scope text not null,
    measure text not null,
    dimension text not null,
    pane text not null,
    unit text not null,
    value bigint not null,
    as_of timestamptz not null,
    primary key (scope, measure, dimension, pane)
);
comment on table rollup_now is 'Sums without a day: as things stand, and over all days.';
comment on column rollup_now.pane is 'now or total';

create table progress (
    scope text not null,
    period_kind text not null,
    period text not null,
    starts_at timestamptz,
    ends_at timestamptz,
    won_amount_minor bigint not null,
    won_count bigint not null,
    lost_count bigint not null,
    opened_count bigint not null,
    cycle_count bigint not null,
    cycle_sum_ms bigint not null,
    cycle_median_days double precision,
    as_of timestamptz not null,
    primary key (scope, period_kind, period)
);
comment on table progress is 'What was sold by period (sales.progress.v1).';
comment on column progress.period_kind is 'day, week, month, quarter, year, total or trailing_90_days';
comment on column progress.period is '2017-06-28; a week by its first day; 2017-06, 2017-Q2, 2017; total; current';
comment on column progress.starts_at is 'First instant of the period; null for total';
comment on column progress.ends_at is 'First instant after it; null for total';
comment on column progress.won_amount_minor is 'Amount won less refunds, minor units';
comment on column progress.cycle_count is 'Deals in the mean of the sales cycle';
comment on column progress.cycle_sum_ms is 'Sum of their cycles, milliseconds';
create index progress_by_kind on progress (period_kind, starts_at);

create table progress_goal (
    scope text not null,
    period_kind text not null,
    period text not null,
    measure text not null,
    unit text not null,
    goal bigint not null,
    achieved bigint not null,
    attainment double precision,
    expected_share double precision,
    is_linear boolean not null,
    expected bigint,
    ahead bigint,
    pace_index double precision,
    projection bigint,
    required_per_day bigint,
    business_days_left double precision,
    deals_needed bigint,
    opportunities_needed bigint,
    open_opportunities bigint,
    leads_needed bigint,
    as_of timestamptz not null,
    primary key (scope, period_kind, period, measure),
    foreign key (scope, period_kind, period) references progress on delete cascade
);
comment on table progress_goal is 'How each goal of a period stands. Quantities are minor units where unit is money, else pieces.';
comment on column progress_goal.attainment is 'achieved / goal';
comment on column progress_goal.expected_share is 'Share of the period usually reached by as_of, 0..1';
comment on column progress_goal.is_linear is 'Whether that is only the share of the time, for want of earlier periods';
comment on column progress_goal.expected is 'goal x expected_share';
comment on column progress_goal.ahead is 'achieved less expected; negative is behind';
comment on column progress_goal.pace_index is 'achieved / expected';
comment on column progress_goal.projection is 'What the whole period will bring at this pace';
comment on column progress_goal.required_per_day is 'What each business day left must bring';
comment on column progress_goal.business_days_left is 'Business days left, the rest of today as a fraction';

create table expected_curve (
    scope text not null,
    day date not null,
    at timestamptz not null,
    expected_minor bigint not null,
    goal_minor bigint not null,
    primary key (scope, day, at)
);
comment on table expected_curve is 'What a day usually has reached by each five minutes; written once a minute for today.';
comment on column expected_curve.day is 'Day of the company''s calendar';
comment on column expected_curve.expected_minor is 'Expected sum from the day''s begin until then, minor units';
comment on column expected_curve.goal_minor is 'Goal of the day, minor units';

create table dwell (
    scope text not null,
    stage text not null,
    count bigint not null,
    sum_ms bigint not null,
    median_days double precision,
    p90_days double precision,
    as_of timestamptz not null,
    primary key (scope, stage)
);
comment on table dwell is 'Time in each stage, over all deals that left it (stage.dwell.v1).';
comment on column dwell.sum_ms is 'Sum of their time in it, milliseconds';

create table dead_letter (
    topic text not null,
    partition integer not null,
    record_offset bigint not null,
    reason text not null,
    message text not null,
    at timestamptz not null,
    primary key (topic, partition, record_offset)
);
comment on table dead_letter is 'Records that the engine refused (dead.letters.v1). Their content is in the topic, not here.';
comment on column dead_letter.topic is 'Topic in which the refused record stands, at partition and record_offset';
comment on column dead_letter.at is 'When it was refused';
create index dead_letter_at on dead_letter (at desc);

create table correction (
    id text primary key,
    noticed_at timestamptz not null,
    scope text not null,
    measure text not null,
    day date not null,
    from_value bigint not null,
    to_value bigint not null,
    unit text not null,
    why text not null
);
comment on table correction is 'A sum of a day before today that was changed after it had been said: what the engine restated live. Loading a history restates nothing.';
comment on column correction.id is 'TOPIC/PARTITION/OFFSET of the result that changed it';
comment on column correction.noticed_at is 'as_of of that result';
comment on column correction.day is 'The day that was restated';
comment on column correction.unit is 'money (minor units), count or milliseconds';
comment on column correction.why is 'Words that say what kind of change it was';
create index correction_noticed on correction (noticed_at desc);

create table band_change (
    lead text not null,
    at timestamptz not null,
    from_band text not null,
    to_band text not null,
    owner text,
    team text,
    primary key (lead, at, to_band)
);
comment on table band_change is 'Leads that changed their band, from one published profile to the next.';
comment on column band_change.at is 'as_of of the profile that shows the new band';
create index band_change_at on band_change (at desc);

create table rep (
    rep text primary key,
    name text,
    team text,
    team_lead text,
    deputy text,
    active boolean not null
);
comment on table rep is 'What holds of each rep now; from the configuration and org.reps.v1.';
comment on column rep.team_lead is 'Who leads the team, by name or id';
comment on column rep.deputy is 'Rep who is told while this one is away';

create table goal_given (
    scope text not null,
    measure text not null,
    period_kind text not null,
    period text not null,
    effective_from timestamptz not null,
    unit text not null,
    amount bigint,
    primary key (scope, measure, period_kind, period, effective_from)
);
comment on table goal_given is 'Goals as they were given; from the configuration and sales.goals.v1.';
comment on column goal_given.measure is 'won_amount, won_count, leads_sales_qualified or activities:KIND';
comment on column goal_given.period is 'First day of the one period meant; empty when it recurs in every period of the kind';
comment on column goal_given.effective_from is 'From when on it holds; -infinity if it always did';
comment on column goal_given.amount is 'Minor units or pieces; null withdraws the goal';

create table annotation (
    id text primary key,
    version bigint not null,
    at timestamptz not null,
    kind text not null,
    text text not null,
    product text,
    campaign text
);
comment on table annotation is 'Marks on the time axis.';
comment on column annotation.id is 'Idempotency key of the event, or the rules'' version and time';
comment on column annotation.version is 'Version of the event; the newest of an id counts';
comment on column annotation.kind is 'campaign_started, process_changed or rules_changed';
create index annotation_at on annotation (at);

create table alert_message (
    message_id text not null,
    alert text not null,
    severity text not null,
    recipient text not null,
    kind text not null,
    sent_at timestamptz,
    attempts integer not null default 0,
    problem text,
    primary key (message_id, alert)
);
comment on table alert_message is 'What the dispatcher has told to whom; written by it alone, never rebuilt.';
comment on column alert_message.message_id is 'Id of the message; a digest has one row for each alert in it';
comment on column alert_message.recipient is 'Rep who is told';
comment on column alert_message.kind is 'lead, digest, scope or team_lead';
comment on column alert_message.sent_at is 'When Alertmanager took it; null while it waits';
comment on column alert_message.attempts is 'How often it was tried';
comment on column alert_message.problem is 'Why the last try failed; null if none did';
create index alert_message_of_alert on alert_message (alert);
create index alert_message_sent on alert_message (sent_at desc);

create function leadpulse.money(minor bigint) returns numeric
    language sql stable parallel safe
    return minor / power(10::numeric, (select value::integer from leadpulse.setting where key = 'minor_digits'));
comment on function leadpulse.money(bigint) is 'Minor units as main units of the company''s currency; null stays null.';
