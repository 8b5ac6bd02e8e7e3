-- What closed leads teach: who was won and lost with what before, how likely open leads are won, what goes with winning
-- and losing, and whether what was said came true. closed_lead follows the profiles; the others are worked out from it by
-- serving, again and again, and can be at any time.

create table leadpulse.closed_lead (
    lead text primary key,
    won boolean not null,
    closed_at timestamptz not null,
    stage_before text,
    qualified_band text,
    early_score double precision,
    owner text,
    team text,
    traits jsonb not null,
    passed jsonb not null
);
comment on table leadpulse.closed_lead is 'One row a lead that was won or lost, with what had been at least one business day before (the outcome in lead.profiles.v1).';
comment on column leadpulse.closed_lead.closed_at is 'When its first deal was won, or the last of it was lost';
comment on column leadpulse.closed_lead.stage_before is 'Where it stood one business day before; null if in no stage';
comment on column leadpulse.closed_lead.qualified_band is 'Its band when it was marketing-qualified; null if that was not early enough';
comment on column leadpulse.closed_lead.early_score is 'Its score 24 hours after it was created; null if that was not early enough';
comment on column leadpulse.closed_lead.traits is 'Values by attribute: direction, channel, product and attributes with points';
comment on column leadpulse.closed_lead.passed is '[{stage, early, acts, silence_millis}]: the stages in which it stood, and how often what happened there early enough';

create table leadpulse.win_count (
    attribute text not null,
    value text not null,
    won bigint not null,
    lost bigint not null,
    log_odds double precision,
    primary key (attribute, value)
);
comment on table leadpulse.win_count is 'The counts that the win probability is made of. Attribute prior: all; stage: those that reached it.';
comment on column leadpulse.win_count.log_odds is 'Natural logarithm of how many times likelier it is among won than among lost; null before one of each';

create table leadpulse.lead_value (
    lead text primary key,
    probability double precision,
    log_odds double precision,
    size_minor bigint,
    expected_minor bigint,
    needs text,
    factors jsonb not null
);
comment on table leadpulse.lead_value is 'One row an open lead: how likely it is won, and what that makes of its open deals.';
comment on column leadpulse.lead_value.probability is '0.0001 to 0.9999; null before one lead was won and one lost';
comment on column leadpulse.lead_value.log_odds is 'Logarithm of the odds, before the probability was held in its bounds; the sum of the factors';
comment on column leadpulse.lead_value.size_minor is 'Amount of its open deals, minor units; null when none is known';
comment on column leadpulse.lead_value.expected_minor is 'Probability x size, minor units; null while one of them is';
comment on column leadpulse.lead_value.needs is 'What is needed before there is an expected value; null when there is one';
comment on column leadpulse.lead_value.factors is '[{attribute, value, log_odds}]: what the probability was made of';
create index lead_value_expected on leadpulse.lead_value (expected_minor desc nulls last);

create table leadpulse.influence (
    stage text not null,
    act text not null,
    won_with bigint not null,
    lost_with bigint not null,
    won_without bigint not null,
    lost_without bigint not null,
    lift double precision,
    loss_lift double precision,
    log_odds double precision,
    warns boolean not null,
    needs text,
    primary key (stage, act)
);
comment on table leadpulse.influence is 'Which acts go with winning and which with losing, of leads that stood in the same stage; counted if they happened at least one business day before the close. It goes with it; whether it is the cause, this cannot say.';
comment on column leadpulse.influence.stage is 'The stage; empty for all together, each lead compared with those that stood where it stood';
comment on column leadpulse.influence.act is 'Kind of event';
comment on column leadpulse.influence.lift is 'Share won with the act / share won of all there; null while it cannot be said';
comment on column leadpulse.influence.loss_lift is 'The same of lost';
comment on column leadpulse.influence.log_odds is 'Logarithm of the odds ratio; above 0 with winning';
comment on column leadpulse.influence.warns is 'Whether a lead with whom it happened is said to be about to fall off';
comment on column leadpulse.influence.needs is 'What is needed before it can warn; null when nothing';

create table leadpulse.calibration (
    bin integer primary key,
    cases bigint not null,
    won bigint not null,
    mean_said double precision
);
comment on table leadpulse.calibration is 'Of closed leads, judged one business day before by what was known from those closed before them: what was said and what came, by tenths of the probability.';
comment on column leadpulse.calibration.bin is '0: said under 10 %, ..., 9: 90 % and more';
comment on column leadpulse.calibration.mean_said is 'Mean of the probabilities said, 0..1; null without a case';

create table leadpulse.win_quality (
    id integer primary key check (id = 1),
    won bigint not null,
    lost bigint not null,
    cases bigint not null,
    brier_score double precision,
    skill double precision,
    needs text,
    learnt_at timestamptz not null
);
comment on table leadpulse.win_quality is 'One row: how good the win probability is.';
comment on column leadpulse.win_quality.won is 'Leads won';
comment on column leadpulse.win_quality.cases is 'Closed leads of which something had been said before';
comment on column leadpulse.win_quality.brier_score is 'Mean squared difference of what was said and what came; 0 is perfect, 0.25 is what 50 % always gets';
comment on column leadpulse.win_quality.skill is '1 - score / score of the share won said of everybody; above 0 the table knows something';
comment on column leadpulse.win_quality.needs is 'What is needed before the score can be said; null when it can';
comment on column leadpulse.win_quality.learnt_at is 'When closed leads last changed what is said here';

create table leadpulse.lead_candidate (
    lead text primary key,
    version bigint not null,
    score double precision not null,
    band text not null,
    qualified_at timestamptz
);
comment on table leadpulse.lead_candidate is 'One row a lead that was read by candidate rules, beside those in force; the version that counts stands in setting as candidate_version, and leads follow a new one within 15 minutes.';
comment on column leadpulse.lead_candidate.version is 'Version of the candidate';
comment on column leadpulse.lead_candidate.score is 'The score by it, for the time for which the lead is true';
comment on column leadpulse.lead_candidate.qualified_at is 'When the lead would have been marketing-qualified; null if it would not';

create view leadpulse.candidate_effect as
    select l.lead, l.owner, l.team, l.product, l.band as band_now, l.score as score_now, c.band as band_then, c.score as score_then,
        l.marketing_qualified_at as qualified_now_at, c.qualified_at as qualified_then_at, c.lead is not null as was_read
    from leadpulse.lead l
    left join leadpulse.lead_candidate c on c.lead = l.lead
        and c.version = (select s.value::bigint from leadpulse.setting s where s.key = 'candidate_version')
    where l.status not in ('disqualified', 'customer') or l.open_deals > 0;
comment on view leadpulse.candidate_effect is 'Every open lead by the rules in force and by the candidate. was_read: whether the engine has read it by the candidate.';
