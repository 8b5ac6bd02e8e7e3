-- Which leads bought, once they have had their 90 days for it; and templates of mails and SMS, held against before.

create view leadpulse.sale_cohort as
with last as (
    select (now() at time zone coalesce((select value from leadpulse.setting where key = 'zone'), 'UTC'))::date - 91 as day
)
select scope, 'direction' as kind,
    case measure when 'funnel_reached' then leadpulse.part(dimension, 2) else dimension end as name, day,
    coalesce(sum(value) filter (where measure = 'funnel_reached'), 0)::bigint as leads,
    coalesce(sum(value) filter (where measure = 'cohort_sold_within_90_days'), 0)::bigint as sold
from leadpulse.rollup_day
where (measure = 'cohort_sold_within_90_days'
        or (measure = 'funnel_reached' and leadpulse.part(dimension, 1) = 'created'))
    and day <= (select day from last)
group by 1, 2, 3, 4
union all
select 'company', kind, name, day, leads::bigint, won::bigint
from leadpulse.source_day
where leads > 0 and day <= (select day from last);
comment on view leadpulse.sale_cohort is 'Leads that have had 90 days by the day on which they began, and those of them that bought.';
comment on column leadpulse.sale_cohort.kind is 'direction, by the day created; else as of source_day, by the day of the touch';
comment on column leadpulse.sale_cohort.sold is 'By direction within 90 days; by a source since the touch, without a limit';

-- A template that was not sent in the first of the eight weeks, nor in the eight before it, is new, and compared with all of them together, as
-- io.leadpulse.domain.rate.WorseSpells does.
create view leadpulse.template_compared as
select scope, place, rate, template, is_new, now_successes, now_cases, before_successes, before_cases,
    leadpulse.proportion_z(now_successes, now_cases, before_successes, before_cases) as z
from (
    select scope, place, rate, template, first_cases = 0 as is_new, own_now_successes as now_successes, own_now_cases as now_cases,
        case when first_cases = 0 then sum(own_before_successes) over every_one else own_before_successes end::bigint
            as before_successes,
        case when first_cases = 0 then sum(own_before_cases) over every_one else own_before_cases end::bigint as before_cases
    from (
        select r.scope, s.place, s.rate, split_part(r.dimension, chr(31), 4) as template,
            coalesce(sum(r.value) filter (where leadpulse.part(r.dimension, 1) = s.success and r.day >= d.until_day - 7), 0)::bigint
                as own_now_successes,
            coalesce(sum(r.value) filter (where leadpulse.part(r.dimension, 1) = 'delivered' and r.day >= d.until_day - 7), 0)::bigint
                as own_now_cases,
            coalesce(sum(r.value) filter (where leadpulse.part(r.dimension, 1) = s.success and r.day >= d.until_day - 63 and r.day < d.until_day - 7), 0)::bigint
                as own_before_successes,
            coalesce(sum(r.value) filter (where leadpulse.part(r.dimension, 1) = 'delivered' and r.day >= d.until_day - 63 and r.day < d.until_day - 7), 0)::bigint
                as own_before_cases,
            coalesce(sum(r.value) filter (where leadpulse.part(r.dimension, 1) = 'delivered' and r.day < d.until_day - 56), 0)::bigint
                as first_cases
        from leadpulse.rollup_day r
        join (values
            (6, 'Mail replied', 'mails', 'person', 'replied', 14),
            (14, 'Mail replied in 24 hours', 'mails', 'person', 'replied_soon', 1),
            (7, 'SMS replied', 'sms', 'person', 'replied', 3),
            (8, 'Automatic mail replied', 'mails', 'automatic', 'replied', 14)
        ) as s (place, rate, measure, by, success, within_days)
            on r.measure = s.measure and leadpulse.part(r.dimension, 2) = s.by
                and leadpulse.part(r.dimension, 1) in ('delivered', s.success)
        cross join lateral (
            select (now() at time zone coalesce((select value from leadpulse.setting where key = 'zone'), 'UTC')
                - make_interval(days => s.within_days))::date as until_day) d
        where r.day >= d.until_day - 119 and r.day < d.until_day
        group by r.scope, s.place, s.rate, 4) own
    window every_one as (partition by scope, place)) compared
where template <> '';
comment on view leadpulse.template_compared is 'Rates of mails and SMS by template, of the last 7 days against the 8 weeks before; works worse as of activity_compared.';
comment on column leadpulse.template_compared.is_new is 'Not sent in the first of the 8 weeks, nor in the 8 before it, so before is of all of them together';
