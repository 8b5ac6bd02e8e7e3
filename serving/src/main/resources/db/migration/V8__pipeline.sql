-- Stages and steps in their order, what was forecast, and what changes did (docs/decisions/087 to 089).

create function leadpulse.part(dimension text, n integer) returns text
    language sql immutable parallel safe
    return split_part(dimension, chr(31), n);
comment on function leadpulse.part(text, integer) is 'The n-th part of a dimension that is made of several, the first is 1; empty where there is none.';

create table stage (
    stage text primary key,
    position integer not null,
    is_of_deals boolean not null,
    limit_business_days numeric
);
comment on table stage is 'Stages of leads without an open deal, then those of deals, in their order; from the configuration.';
comment on column stage.limit_business_days is 'Longer, and a stay is stuck; null for never';

create table funnel_step (
    step text primary key,
    position integer not null,
    title text not null
);
comment on table funnel_step is 'Steps from the creation of a lead to its purchase, in their order; dimension of funnel_reached and its like.';
comment on column funnel_step.title is 'In words';

alter table annotation add column rate text;
comment on column annotation.rate is 'The rate that a change of process was made for; null when it names none';

create table forecast (
    scope text not null,
    period_kind text not null,
    starts_on date not null,
    said_on date not null,
    ends_before date not null,
    position double precision not null,
    won_minor bigint not null,
    weighted_minor bigint not null,
    weighted_deals bigint not null,
    unweighted_deals bigint not null,
    said_at timestamptz not null,
    primary key (scope, period_kind, starts_on, said_on)
);
comment on table forecast is 'What was forecast for a period on each day, as it was said last that day; never said anew afterwards. Written by serving alone; it cannot be rebuilt.';
comment on column forecast.ends_before is 'The day after the last of the period';
comment on column forecast.position is 'Share of the period''s business time that had passed, 0 to 1';
comment on column forecast.won_minor is 'Won in the period by then, less refunds, minor units';
comment on column forecast.weighted_minor is 'Open deals due in the period x share of closed deals that had been in their stage and were won, minor units';
comment on column forecast.unweighted_deals is 'Open deals due that have no amount, no stage, or a stage of which under 10 deals were closed';

create table forecast_accuracy (
    scope text not null,
    period_kind text not null,
    periods integer not null,
    accuracy double precision,
    bias double precision,
    needs text,
    as_of timestamptz not null,
    primary key (scope, period_kind)
);
comment on table forecast_accuracy is 'How near the first forecasts of the second half of periods that are over came; written by serving.';
comment on column forecast_accuracy.accuracy is '1 - sum of |forecast - won| / sum of won, 0 to 1; null when it cannot be said';
comment on column forecast_accuracy.bias is 'Sum of (forecast - won) / sum of won; above 0 too much was promised';
comment on column forecast_accuracy.needs is 'What it needs, in words; null when it can be said';

create table change_effect (
    id text primary key,
    rate text not null,
    before_reached bigint not null,
    before_cases bigint not null,
    after_reached bigint not null,
    after_cases bigint not null,
    difference double precision,
    low double precision,
    high double precision,
    needs text,
    as_of timestamptz not null
);
comment on table change_effect is 'The rate that a change of process names in the 20 business days before and after it; written by serving.';
comment on column change_effect.id is 'As in annotation';
comment on column change_effect.difference is 'After less before, -1 to 1; null when it cannot be said';
comment on column change_effect.low is 'Lower bound of its 95 % interval (Newcombe)';
comment on column change_effect.needs is 'What it needs, in words, such as 20 business days after the change; null when it can be said';

create function leadpulse.bucket_days(bucket integer) returns double precision
    language sql immutable parallel safe
    return case when bucket < 0 then 0 else exp((bucket + 0.5) * ln(1.01::double precision)) / 86400000 end;
comment on function leadpulse.bucket_days(integer) is 'Days that stand for a bucket of rollup_bucket: the middle of its bounds, at most 0.5 % from every duration in it.';
