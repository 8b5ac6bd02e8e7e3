-- Which leads bought, once they have had their 90 days for it.

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
