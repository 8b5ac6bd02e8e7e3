-- What key metrics are read from, and the daily digests that were sent (docs/decisions/105 and 106).

create view leadpulse.campaign_cost_day as
select c.day, sum(case when c.is_on_record then c.spent else c.estimated end)::bigint as spent, sum(c.leads)::bigint as leads,
    sum(c.qualified)::bigint as qualified, sum(c.sales_qualified)::bigint as sales_qualified
from (
    select r.scope, r.day,
        coalesce(sum(r.value) filter (where r.measure = 'spend'), 0) as spent,
        coalesce(sum(r.value) filter (where r.measure = 'spend_estimated'), 0) as estimated,
        coalesce(sum(r.value) filter (where r.measure = 'touched_leads'), 0) as leads,
        coalesce(sum(r.value) filter (where r.measure = 'touched_qualified'
            and r.dimension in ('15', '30', '60', '120', '240', '480', '1440')), 0) as qualified,
        coalesce(sum(r.value) filter (where r.measure = 'touched_sales_qualified'), 0) as sales_qualified,
        bool_or(bool_or(r.measure = 'spend' and r.value <> 0)) over (partition by r.scope) as is_on_record
    from leadpulse.rollup_day r
    where r.scope like 'campaign:%'
        and r.measure in ('spend', 'spend_estimated', 'touched_leads', 'touched_qualified', 'touched_sales_qualified')
    group by r.scope, r.day) c
group by c.day;
comment on view leadpulse.campaign_cost_day is 'What campaigns cost and brought, by first touch, all of them together by day.';
comment on column leadpulse.campaign_cost_day.spent is 'Minor units; a budget spread over its planned run counts for campaigns of which no spending is on record';
comment on column leadpulse.campaign_cost_day.qualified is 'Marketing-qualified within 24 hours of the touch';

-- Numerators and denominators of the company by the day of the case; serving adds up the days that a metric is told over.
-- Every branch names its metric as a constant, so that asking for one reads the sums of that one.
create view leadpulse.key_metric_day as
select 'connect_rate' as metric, day, successes as numerator, cases as denominator
from leadpulse.activity_rate where scope = 'company' and place = 13
union all
select 'cold_call_connect_rate', day, successes, cases from leadpulse.activity_rate where scope = 'company' and place = 1
union all
select 'cold_call_to_meeting_rate', day, successes, cases from leadpulse.activity_rate where scope = 'company' and place = 2
union all
select 'show_rate', day, successes, cases from leadpulse.activity_rate where scope = 'company' and place = 3
union all
select 'demo_to_offer_rate', day, successes, cases from leadpulse.activity_rate where scope = 'company' and place = 4
union all
select 'offer_to_won_rate', day, successes, cases from leadpulse.activity_rate where scope = 'company' and place = 5
union all
select 'reply_rate', day, successes, cases from leadpulse.activity_rate where scope = 'company' and place = 6
union all
select 'sms_response_rate', day, successes, cases from leadpulse.activity_rate where scope = 'company' and place = 7
union all
select 'demo_to_opportunity_rate', day, successes, cases from leadpulse.activity_rate where scope = 'company' and place = 9
union all
select 'demo_to_next_stage_rate', day, successes, cases from leadpulse.activity_rate where scope = 'company' and place = 10
union all
select 'lead_to_mql_rate', day,
    sum(value) filter (where leadpulse.part(dimension, 1) = 'marketing_qualified')::bigint,
    sum(value) filter (where leadpulse.part(dimension, 1) = 'created')::bigint
from leadpulse.rollup_day where scope = 'company' and measure = 'funnel_reached' group by day
union all
select 'mql_to_sql_rate', day,
    sum(value) filter (where leadpulse.part(dimension, 1) = 'sales_qualified')::bigint,
    sum(value) filter (where leadpulse.part(dimension, 1) = 'marketing_qualified')::bigint
from leadpulse.rollup_day where scope = 'company' and measure = 'funnel_reached' group by day
union all
select 'sql_to_opportunity_rate', day,
    sum(value) filter (where leadpulse.part(dimension, 1) = 'opportunity')::bigint,
    sum(value) filter (where leadpulse.part(dimension, 1) = 'sales_qualified')::bigint
from leadpulse.rollup_day where scope = 'company' and measure = 'funnel_reached' group by day
union all
select 'campaign_quality', r.day,
    sum(r.value) filter (where r.measure = 'touched_qualified'
        and r.dimension in ('15', '30', '60', '120', '240', '480', '1440'))::bigint,
    sum(r.value) filter (where r.measure = 'touched_leads')::bigint
from leadpulse.rollup_day r
where r.scope like 'campaign:%' and r.measure in ('touched_qualified', 'touched_leads')
group by r.day
union all
select 'cost_per_lead', day, spent, leads from leadpulse.campaign_cost_day
union all
select 'cost_per_mql', day, spent, qualified from leadpulse.campaign_cost_day
union all
select 'cost_per_sql', day, spent, sales_qualified from leadpulse.campaign_cost_day
union all
select 'month_forecast', said_on, won_minor + weighted_minor, null
from leadpulse.forecast where scope = 'company' and period_kind = 'month'
union all
select 'nurture_response_rate', day, sum(value) filter (where measure = 'nurture_responses')::bigint,
    sum(value) filter (where measure = 'nurture_touches')::bigint
from leadpulse.rollup_day where scope = 'company' and measure in ('nurture_touches', 'nurture_responses')
group by day
union all
select 'nurture_to_sql_rate', day, sum(value) filter (where dimension = 'sales_qualified_90')::bigint,
    sum(value) filter (where dimension = '')::bigint
from leadpulse.rollup_day where scope = 'company' and measure = 'nurture_entered' and dimension in ('', 'sales_qualified_90')
group by day
union all
select 'nurture_untouched', day, sum(value)::bigint, null
from leadpulse.rollup_day where scope = 'company' and measure = 'in_nurture_by_last_touch' group by day
union all
select 'silent_customers', day, sum(value)::bigint, null
from leadpulse.rollup_day where scope = 'company' and measure = 'customers_by_last_sign' group by day;
comment on view leadpulse.key_metric_day is 'Key metrics that are read from the read model: numerator and denominator of the company by the day of the case; how many days count, and from which age on, says docs/metrics.md.';
comment on column leadpulse.key_metric_day.numerator is 'Cases that succeeded, minor units, or pieces';
comment on column leadpulse.key_metric_day.denominator is 'Cases; null where the numerator is all there is';

create table daily_digest (
    day date not null,
    recipient text not null,
    message_id text not null,
    sent_at timestamptz not null,
    posted_at timestamptz,
    contents jsonb not null,
    primary key (day, recipient)
);
comment on table daily_digest is 'The managers'' daily digests, one a day and person; written by serving alone before they leave, never rebuilt.';
comment on column daily_digest.day is 'Day of the company on which it was sent';
comment on column daily_digest.recipient is 'Rep who gets it';
comment on column daily_digest.message_id is 'Id of the message, as in the Alertmanager';
comment on column daily_digest.sent_at is 'When it was decided';
comment on column daily_digest.posted_at is 'When the Alertmanager last took it; null while it never did';
comment on column daily_digest.contents is 'What it says, by the names of its annotations; without name and address';
create index daily_digest_sent on daily_digest (sent_at desc);
