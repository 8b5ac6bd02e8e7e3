-- What boards need of activities: their rates with numerator and denominator, which of them work worse than before, and
-- what rep-weeks of activity and of new opportunities have in common. All of it is read from the sums by day.

create function leadpulse.proportion_z(
    now_successes bigint, now_cases bigint, before_successes bigint, before_cases bigint)
    returns double precision
    language sql immutable parallel safe
    return case
        when now_cases is null or before_cases is null or now_cases <= 0 or before_cases <= 0 then null
        when now_successes + before_successes in (0, now_cases + before_cases) then 0
        else (now_successes::double precision / now_cases - before_successes::double precision / before_cases)
            / sqrt((now_successes + before_successes)::double precision / (now_cases + before_cases)
                * (1 - (now_successes + before_successes)::double precision / (now_cases + before_cases))
                * (1.0 / now_cases + 1.0 / before_cases))
        end;
comment on function leadpulse.proportion_z(bigint, bigint, bigint, bigint) is 'z of the two-proportion test with pooled variance, negative where now is lower: the formula of io.leadpulse.domain.rate.RateComparison; null without cases on either side.';

-- Numerators and denominators by the day of the case. A case counts in a rate "within days" once it is that old.
create view leadpulse.activity_rate as
select r.scope, s.place, s.rate, s.within_days,
    case when s.measure in ('mails', 'sms') then split_part(r.dimension, chr(31), 3) else '' end as campaign, r.day,
    sum(r.value) filter (where s.is_success)::bigint as successes,
    sum(r.value) filter (where s.is_case)::bigint as cases
from leadpulse.rollup_day r
join (values
    (1, 'Cold call connected', 'cold_calls', 'made', 0, true, false),
    (1, 'Cold call connected', 'cold_calls', 'connected', 0, false, true),
    (2, 'Cold call to meeting', 'cold_calls', 'connected', 14, true, false),
    (2, 'Cold call to meeting', 'cold_calls', 'meeting', 14, false, true),
    (3, 'Show rate', 'meetings', 'completed', 0, true, true),
    (3, 'Show rate', 'meetings', 'demo_held', 0, true, true),
    (3, 'Show rate', 'meetings', 'no_show', 0, true, false),
    (4, 'Demo to offer', 'steps', 'moved_on' || chr(31) || 'demo', 0, true, true),
    (4, 'Demo to offer', 'steps', 'stopped' || chr(31) || 'demo', 0, true, false),
    (5, 'Offer to won', 'steps', 'won' || chr(31) || 'offer', 0, true, true),
    (5, 'Offer to won', 'steps', 'lost' || chr(31) || 'offer', 0, true, false),
    (6, 'Mail replied', 'mails', 'delivered' || chr(31) || 'person', 14, true, false),
    (6, 'Mail replied', 'mails', 'replied' || chr(31) || 'person', 14, false, true),
    (14, 'Mail replied in 24 hours', 'mails', 'delivered' || chr(31) || 'person', 1, true, false),
    (14, 'Mail replied in 24 hours', 'mails', 'replied_soon' || chr(31) || 'person', 1, false, true),
    (7, 'SMS replied', 'sms', 'delivered' || chr(31) || 'person', 3, true, false),
    (7, 'SMS replied', 'sms', 'replied' || chr(31) || 'person', 3, false, true),
    (8, 'Automatic mail replied', 'mails', 'delivered' || chr(31) || 'automatic', 14, true, false),
    (8, 'Automatic mail replied', 'mails', 'replied' || chr(31) || 'automatic', 14, false, true),
    (9, 'Demo to opportunity', 'demos', 'without_deal', 30, true, false),
    (9, 'Demo to opportunity', 'demos', 'opportunity', 30, false, true),
    (10, 'Demo to next stage', 'demos', 'with_deal', 14, true, false),
    (10, 'Demo to next stage', 'demos', 'next_stage', 14, false, true),
    (11, 'Mail clicked', 'mails', 'delivered' || chr(31) || 'person', 14, true, false),
    (11, 'Mail clicked', 'mails', 'clicked' || chr(31) || 'person', 14, false, true),
    (12, 'Mail opened (unreliable)', 'mails', 'delivered' || chr(31) || 'person', 14, true, false),
    (12, 'Mail opened (unreliable)', 'mails', 'opened' || chr(31) || 'person', 14, false, true)
) as s (place, rate, measure, starts, within_days, is_case, is_success)
    on r.measure = s.measure and (r.dimension = s.starts or starts_with(r.dimension, s.starts || chr(31)))
group by r.scope, s.place, s.rate, s.within_days, 5, r.day
union all
select r.scope, 13, 'Call connected', 0, '', r.day,
    sum(r.value) filter (where r.measure = 'calls_connected')::bigint, sum(r.value) filter (where r.measure = 'calls_made')::bigint
from leadpulse.rollup_day r
where r.measure in ('calls_made', 'calls_connected')
group by r.scope, r.day;
comment on view leadpulse.activity_rate is 'Rates of activities by scope and the day of the case.';
comment on column leadpulse.activity_rate.place is 'In which order boards show them';
comment on column leadpulse.activity_rate.campaign is 'Campaign of a mail or SMS; empty without one and for all others';
comment on column leadpulse.activity_rate.within_days is 'Younger cases may still succeed';

-- The last seven days whose cases are old enough against the eight weeks before, as io.leadpulse.domain.rate.RecentDays.
create view leadpulse.activity_compared as
select c.*, leadpulse.proportion_z(c.now_successes, c.now_cases, c.before_successes, c.before_cases) as z
from (
    select a.scope, a.place, a.rate, a.campaign,
        coalesce(sum(a.successes) filter (where a.day >= d.until_day - 7), 0)::bigint as now_successes,
        coalesce(sum(a.cases) filter (where a.day >= d.until_day - 7), 0)::bigint as now_cases,
        coalesce(sum(a.successes) filter (where a.day < d.until_day - 7), 0)::bigint as before_successes,
        coalesce(sum(a.cases) filter (where a.day < d.until_day - 7), 0)::bigint as before_cases
    from (select scope, place, rate, within_days, campaign, day, successes, cases from leadpulse.activity_rate
          where campaign <> ''
          union all
          select scope, place, rate, within_days, '', day, successes, cases from leadpulse.activity_rate) a
    cross join lateral (
        select (now() at time zone coalesce((select value from leadpulse.setting where key = 'zone'), 'UTC')
            - make_interval(days => a.within_days))::date as until_day) d
    where a.day >= d.until_day - 63 and a.day < d.until_day
    group by a.scope, a.place, a.rate, a.campaign) c;
comment on view leadpulse.activity_compared is 'Rates of the last 7 days against the 8 weeks before; works worse where z <= -2.6 with 50 cases on both sides.';
comment on column leadpulse.activity_compared.campaign is 'Empty for all mails, or SMS, together';

-- Weeks of seven days that end with yesterday, 0 the latest; a rep's begin with his first activity.
create view leadpulse.rep_week as
with done as (
    select substr(r.scope, 5) as rep, (t.today - 1 - r.day) / 7 as weeks_ago, r.measure, r.dimension, r.value
    from leadpulse.rollup_day r
    cross join (
        select (now() at time zone coalesce((select value from leadpulse.setting where key = 'zone'), 'UTC'))::date as today) t
    where r.scope like 'rep:%' and r.measure in ('calls_made', 'mails', 'meetings', 'opened_count')
        and r.day < t.today and r.day >= t.today - 7 * 26
), weeks as (
    select f.rep, generate_series(0, f.first_week) as weeks_ago
    from (select rep, max(weeks_ago) as first_week from done group by rep) f
)
select w.rep, w.weeks_ago,
    coalesce(sum(d.value) filter (where d.measure = 'calls_made'), 0)::bigint as calls,
    coalesce(sum(d.value) filter (where d.measure = 'mails' and starts_with(d.dimension, 'sent' || chr(31) || 'person')), 0)::bigint as mails,
    coalesce(sum(d.value) filter (where d.measure = 'meetings' and d.dimension in ('completed', 'demo_held')), 0)::bigint as meetings,
    coalesce(sum(d.value) filter (where d.measure = 'opened_count'), 0)::bigint as opened
from weeks w
left join done d on d.rep = w.rep and d.weeks_ago = w.weeks_ago
group by w.rep, w.weeks_ago;
comment on view leadpulse.rep_week is 'Activities and opportunities of each rep by week.';

-- Spearman: the correlation of ranks, equal values sharing the mean of theirs.
create view leadpulse.moves_together as
with pairs as (
    select k.place, k.pair, k.done::double precision as x, k.came::double precision as y
    from (
        select w.calls, w.mails, w.meetings, sum(w.opened) over (
            partition by w.rep order by w.weeks_ago desc rows between current row and 2 following) as came, w.weeks_ago
        from leadpulse.rep_week w) w
    cross join lateral (values
        (1, 'Calls and new opportunities', w.calls, w.came),
        (2, 'Mails and new opportunities', w.mails, w.came),
        (3, 'Meetings and new opportunities', w.meetings, w.came)) as k (place, pair, done, came)
    where w.weeks_ago >= 2
    union all
    select k.place, k.pair, k.done, k.attainment
    from (
        select g.attainment,
            coalesce(sum(r.value) filter (where r.measure = 'calls_made'), 0) as calls,
            coalesce(sum(r.value) filter (where r.measure = 'mails' and starts_with(r.dimension, 'sent' || chr(31) || 'person')), 0) as mails,
            coalesce(sum(r.value) filter (where r.measure = 'meetings' and r.dimension in ('completed', 'demo_held')), 0) as meetings
        from leadpulse.progress_goal g
        join leadpulse.progress p using (scope, period_kind, period)
        cross join (select coalesce((select value from leadpulse.setting where key = 'zone'), 'UTC') as zone) z
        left join leadpulse.rollup_day r on r.scope = g.scope and r.measure in ('calls_made', 'mails', 'meetings')
            and r.day >= (p.starts_at at time zone z.zone)::date and r.day < (p.ends_at at time zone z.zone)::date
        where g.scope like 'rep:%' and g.period_kind = 'month' and g.measure = 'won_amount' and g.attainment is not null
            and p.ends_at <= now()
        group by g.scope, g.period, g.attainment) m
    cross join lateral (values
        (4, 'Calls and attainment', m.calls, m.attainment),
        (5, 'Mails and attainment', m.mails, m.attainment),
        (6, 'Meetings and attainment', m.meetings, m.attainment)) as k (place, pair, done, attainment)
), ranked as (
    select place, pair,
        rank() over (partition by pair order by x) + (count(*) over (partition by pair, x) - 1) / 2.0 as x_rank,
        rank() over (partition by pair order by y) + (count(*) over (partition by pair, y) - 1) / 2.0 as y_rank
    from pairs
)
select n.place, n.pair, count(r.pair) as cases, corr(r.x_rank::double precision, r.y_rank::double precision) as r
from (values
    (1, 'Calls and new opportunities'), (2, 'Mails and new opportunities'), (3, 'Meetings and new opportunities'),
    (4, 'Calls and attainment'), (5, 'Mails and attainment'), (6, 'Meetings and attainment')) as n (place, pair)
left join ranked r on r.pair = n.pair
group by n.place, n.pair;
comment on view leadpulse.moves_together is 'Spearman''s r of activities with opportunities opened in that week and the two after, by rep and week, and with attainment, by rep and month; moves together, which is no cause. Needs 30 cases.';
