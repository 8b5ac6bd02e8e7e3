-- What the review of a month asks, and what becomes of leads in nurture and of customers (docs/decisions/104). All of it
-- is read from tables that exist; nothing here is written by anybody.

comment on column leadpulse.deal.reason is 'Why it was lost, or what was noted when it was won, such as a promise';

create view leadpulse.stuck_outcome as
select scope, day, case measure when 'stuck_ended' then 'before' else 'done' end as told, leadpulse.part(dimension, 1) as stage,
    leadpulse.part(dimension, 2) as act,
    coalesce(sum(value) filter (where leadpulse.part(dimension, 3) = 'moved'), 0)::bigint as moved,
    coalesce(sum(value) filter (where leadpulse.part(dimension, 3) = 'back'), 0)::bigint as went_back,
    coalesce(sum(value) filter (where leadpulse.part(dimension, 3) = 'lost'), 0)::bigint as lost,
    sum(value)::bigint as cases
from leadpulse.rollup_day
where measure in ('stuck_ended', 'stuck_ended_by_act')
group by scope, day, 3, 4, 5;
comment on view leadpulse.stuck_outcome is
    'How stays ended that had been stuck, on the day they got stuck. Those that still are stuck are not in it.';
comment on column leadpulse.stuck_outcome.told is
    'before: by the last outcome before it got stuck, each stay once; done: by what was done in the 10 business days after, a stay once for each kind';
comment on column leadpulse.stuck_outcome.act is 'That outcome, or that kind of act; nothing where nothing was done';

create view leadpulse.rep_step as
select o.rep, o.place, o.rate, o.successes, o.cases,
    case when o.cases >= 10 and t.cases - o.cases >= 10
        then o.successes::double precision / o.cases
            - (t.successes - o.successes)::double precision / (t.cases - o.cases) end as against_team
from (
    select p.rep, a.place, a.rate, coalesce(sum(a.successes), 0)::bigint as successes, coalesce(sum(a.cases), 0)::bigint as cases
    from leadpulse.rep p
    cross join (
        select (now() at time zone coalesce((select value from leadpulse.setting where key = 'zone'), 'UTC'))::date as today) d
    join leadpulse.activity_rate a on a.scope = 'rep:' || p.rep and a.place <= 6 and a.day < d.today - a.within_days
        and a.day >= d.today - 89
    where p.active
    group by p.rep, a.place, a.rate) o
join (
    select p.rep, a.place, coalesce(sum(a.successes), 0)::bigint as successes, coalesce(sum(a.cases), 0)::bigint as cases
    from leadpulse.rep p
    cross join (
        select (now() at time zone coalesce((select value from leadpulse.setting where key = 'zone'), 'UTC'))::date as today) d
    join leadpulse.activity_rate a on a.scope = coalesce('team:' || p.team, 'company') and a.place <= 6
        and a.day < d.today - a.within_days and a.day >= d.today - 89
    where p.active
    group by p.rep, a.place) t using (rep, place);
comment on view leadpulse.rep_step is 'Each active rep''s rates of the last 90 days at the six steps, against the rest of his team.';
comment on column leadpulse.rep_step.place is 'Order of the steps, as in activity_rate';
comment on column leadpulse.rep_step.against_team is
    'His rate less that of the others in his team, -1 to 1; null below 10 cases on either side';

create view leadpulse.rep_month as
select substr(g.scope, 5) as rep, g.period, g.attainment,
    coalesce(sum(r.value) filter (where r.measure = 'calls_made'), 0)::bigint as calls,
    coalesce(sum(r.value) filter (
        where r.measure = 'mails' and starts_with(r.dimension, 'sent' || chr(31) || 'person')), 0)::bigint as mails,
    coalesce(sum(r.value) filter (
        where r.measure = 'meetings' and r.dimension in ('completed', 'demo_held')), 0)::bigint as meetings,
    coalesce(sum(r.value) filter (where r.measure = 'time_spent' and r.dimension = ''), 0)::bigint as millis
from leadpulse.progress_goal g
join leadpulse.progress p using (scope, period_kind, period)
cross join (select coalesce((select value from leadpulse.setting where key = 'zone'), 'UTC') as zone) z
left join leadpulse.rollup_day r on r.scope = g.scope and r.measure in ('calls_made', 'mails', 'meetings', 'time_spent')
    and r.day >= (p.starts_at at time zone z.zone)::date and r.day < (p.ends_at at time zone z.zone)::date
where g.scope like 'rep:%' and g.period_kind = 'month' and g.measure = 'won_amount' and g.goal > 0
group by g.scope, g.period, g.attainment;
comment on view leadpulse.rep_month is 'Attainment and activity of each rep who had a goal, by month.';
comment on column leadpulse.rep_month.attainment is 'Won / goal; of the present month so far';
comment on column leadpulse.rep_month.meetings is 'Meetings and demos held';
comment on column leadpulse.rep_month.millis is 'Time spent on activities, overlaps once, milliseconds';

create view leadpulse.new_customer as
select l.lead, first.closed_at as bought_at, first.product, first.amount_minor, first.reason as noted, first.owner, first.team,
    (select string_agg(i.product, ', ' order by i.points desc, i.product)
        from jsonb_to_recordset(coalesce(l.document -> 'product_interest', '[]')) as i (product text, points double precision)) as products,
    (select string_agg(replace(b.act, '_', ' ') || ' ' || b.in_all, ', ' order by b.in_all desc, b.act)
        from jsonb_to_recordset(coalesce(l.document -> 'behaviour', '[]')) as b (act text, in_all bigint)) as acts,
    l.first_campaign, l.first_channel, l.next_planned_at, l.next_planned_kind, l.reply_owed_since, l.last_contact_at,
    l.last_contact_kind, later.won_deals as later_won_deals, later.won_amount_minor as later_won_amount_minor,
    later.open_deals
from leadpulse.lead l
cross join lateral (
    select d.deal, d.closed_at, d.product, d.amount_minor, d.reason, d.owner, d.team from leadpulse.deal d
    where d.lead = l.lead and d.state = 'won' order by d.closed_at, d.deal limit 1) first
cross join lateral (
    select count(*) filter (where d.state = 'won') as won_deals,
        coalesce(sum(d.amount_minor) filter (where d.state = 'won'), 0)::bigint as won_amount_minor,
        count(*) filter (where d.state = 'open') as open_deals
    from leadpulse.deal d where d.lead = l.lead and d.deal <> first.deal) later;
comment on view leadpulse.new_customer is
    'One row a customer, by the first purchase. Of whom more than 50 deals are known, by the first of the newest 50.';
comment on column leadpulse.new_customer.amount_minor is 'Of the first purchase, minor units; null when unknown';
comment on column leadpulse.new_customer.noted is 'What was noted at the win, such as a promise; null when nothing was';
comment on column leadpulse.new_customer.owner is 'Who owned the deal when it was won';
comment on column leadpulse.new_customer.products is 'Products of which it did something, those of most interest now first; null without';
comment on column leadpulse.new_customer.acts is 'What it did on the web and with mails, with how often, most first; null without';

create view leadpulse.aftercare as
with clock as (
    select (now() at time zone coalesce((select value from leadpulse.setting where key = 'zone'), 'UTC'))::date as today
), sums as (
    select r.scope,
        sum(r.value) filter (where r.measure = 'in_nurture_by_last_touch') as nurtured,
        sum(r.value) filter (where r.measure = 'in_nurture_by_last_touch' and r.day < c.today - 30) as untouched,
        sum(r.value) filter (where r.measure = 'nurture_entered' and r.dimension = '' and r.day < c.today - 30) as entered_30,
        sum(r.value) filter (where r.measure = 'nurture_entered' and r.dimension = 'warmed_30' and r.day < c.today - 30) as warmed_30,
        sum(r.value) filter (
            where r.measure = 'nurture_entered' and r.dimension = 'sales_qualified_30' and r.day < c.today - 30) as qualified_30,
        sum(r.value) filter (where r.measure = 'nurture_entered' and r.dimension = '' and r.day < c.today - 90) as entered_90,
        sum(r.value) filter (where r.measure = 'nurture_entered' and r.dimension = 'warmed_90' and r.day < c.today - 90) as warmed_90,
        sum(r.value) filter (
            where r.measure = 'nurture_entered' and r.dimension = 'sales_qualified_90' and r.day < c.today - 90) as qualified_90,
        sum(r.value) filter (where r.measure = 'disqualified' and r.day >= c.today - 89) as turned_down,
        sum(r.value) filter (where r.measure = 'disqualified_back' and r.day >= c.today - 89) as came_back,
        sum(r.value) filter (where r.measure = 'customers_by_last_sign') as customers,
        sum(r.value) filter (where r.measure = 'customers_by_last_sign' and r.day < c.today - 90) as silent,
        sum(r.value) filter (where r.measure = 'customers_renewed' and r.day >= c.today - 89) as renewed,
        sum(r.value) filter (where r.measure = 'won_count' and r.day >= c.today - 89) as won,
        sum(r.value) filter (where r.measure = 'repeat_won_count' and r.day >= c.today - 89) as again,
        sum(r.value) filter (where r.measure = 'won_deal_amount' and r.day >= c.today - 89) as won_minor,
        sum(r.value) filter (where r.measure = 'repeat_won_amount' and r.day >= c.today - 89) as again_minor
    from leadpulse.rollup_day r cross join clock c
    where r.measure in ('in_nurture_by_last_touch', 'nurture_entered', 'disqualified', 'disqualified_back', 'customers_by_last_sign',
            'customers_renewed', 'won_count', 'repeat_won_count', 'won_deal_amount', 'repeat_won_amount')
        and r.day <= c.today
    group by r.scope
), methods as (
    select n.scope, n.method, sum(n.now)::bigint as now, sum(n.touches)::bigint as touches, sum(n.responses)::bigint as responses
    from (
        select scope, dimension as method, value as now, 0 as touches, 0 as responses from leadpulse.rollup_now
        where measure = 'in_nurture' and pane = 'now'
        union all
        select r.scope, r.dimension, 0, case r.measure when 'nurture_touches' then r.value else 0 end,
            case r.measure when 'nurture_responses' then r.value else 0 end
        from leadpulse.rollup_day r cross join clock c
        where r.measure in ('nurture_touches', 'nurture_responses') and r.day >= c.today - 103 and r.day < c.today - 14) n
    group by n.scope, n.method
)
select s.scope, l.area, l.place, l.what, l.unit, coalesce(l.reached, 0)::bigint as reached, l.cases::bigint as cases
from sums s
cross join lateral (values
    ('nurture', 100, 'In nurture now', 'count', s.nurtured, null::numeric),
    ('nurture', 101, 'Of these, no touch for 30 days', 'count', s.untouched, coalesce(s.nurtured, 0)),
    ('nurture', 400, 'Warmed within 30 days of coming', 'count', s.warmed_30, coalesce(s.entered_30, 0)),
    ('nurture', 401, 'Sales-qualified within 30 days', 'count', s.qualified_30, coalesce(s.entered_30, 0)),
    ('nurture', 402, 'Warmed within 90 days of coming', 'count', s.warmed_90, coalesce(s.entered_90, 0)),
    ('nurture', 403, 'Sales-qualified within 90 days', 'count', s.qualified_90, coalesce(s.entered_90, 0)),
    ('nurture', 404, 'Turned down in 90 days', 'count', s.turned_down, null),
    ('nurture', 405, 'Came back after that, in 90 days', 'count', s.came_back, null),
    ('customers', 500, 'Customers', 'count', s.customers, null),
    ('customers', 501, 'Bought again, of deals won in 90 days', 'count', s.again, coalesce(s.won, 0)),
    ('customers', 502, 'Revenue of customers we had, 90 days', 'money', s.again_minor, coalesce(s.won_minor, 0)),
    ('customers', 503, 'Silent for 90 days', 'count', s.silent, coalesce(s.customers, 0)),
    ('customers', 504, 'Heard of again after such silence, 90 days', 'count', s.renewed, null)
) as l (area, place, what, unit, reached, cases)
union all
select m.scope, 'nurture', 200, 'Last touch: ' || case m.method when '' then 'none, or how is not said' else replace(m.method, '_', ' ') end, 'count',
    m.now, (select sum(o.now) from methods o where o.scope = m.scope)::bigint
from methods m where m.now > 0
union all
select m.scope, 'nurture', 300, 'Answered: ' || case m.method when '' then 'how is not said' else replace(m.method, '_', ' ') end, 'count',
    m.responses, m.touches
from methods m where m.touches > 0;
comment on view leadpulse.aftercare is
    'Leads in nurture and customers: how many, and of how many where it is a share. Answers within 14 days of the touch, of the 90 days whose 14 are over; shares within 30 or 90 days only of those who came that long ago.';
comment on column leadpulse.aftercare.area is 'nurture or customers';
comment on column leadpulse.aftercare.place is 'Order of the lines; lines of one place differ by the method';
comment on column leadpulse.aftercare.unit is 'money (minor units) or count';
comment on column leadpulse.aftercare.cases is 'Of how many; null where it is no share';

create view leadpulse.coverage as
with clock as (
    select now() - interval '90 days' as since,
        (now() at time zone coalesce((select value from leadpulse.setting where key = 'zone'), 'UTC'))::date as today
)
select c.place, c.source, c.what, c.known::bigint as known, c.cases::bigint as cases
from (
    select 1 as place, 'CRM' as source, 'lost deals with a reason' as what, count(nullif(d.reason, '')) as known, count(*) as cases
    from leadpulse.deal d, clock where d.state = 'lost' and d.closed_at >= clock.since
    union all
    select 2, 'CRM', 'won deals with an amount', count(d.amount_minor), count(*)
    from leadpulse.deal d, clock where d.state = 'won' and d.closed_at >= clock.since
    union all
    select 3, 'CRM', 'open deals with a date of close', count(d.expected_close), count(*) from leadpulse.deal d where d.state = 'open'
    union all
    select 4, 'CRM', 'meetings that say how they ended',
        least(coalesce(sum(r.value) filter (where r.dimension <> 'booked'), 0), coalesce(sum(r.value) filter (where r.dimension = 'booked'), 0)),
        coalesce(sum(r.value) filter (where r.dimension = 'booked'), 0)
    from leadpulse.rollup_day r, clock
    where r.scope = 'company' and r.measure = 'meetings' and r.dimension in ('booked', 'completed', 'demo_held', 'declined', 'cancelled', 'no_show')
        and r.day >= clock.today - 89 and r.day < clock.today
    union all
    select 5, 'web', 'new leads with a channel', count(l.first_channel), count(*)
    from leadpulse.lead l, clock where l.created_at >= clock.since
    union all
    select 6, 'web', 'new leads with a campaign', count(l.first_campaign), count(*)
    from leadpulse.lead l, clock where l.created_at >= clock.since
) c;
comment on view leadpulse.coverage is
    'How much of what the numbers need the sources say, of the last 90 days: what is not known is not counted, and makes rates of it worthless.';
comment on column leadpulse.coverage.source is 'CRM or web';
comment on column leadpulse.coverage.cases is 'Of how many; where meetings ended without having been booked, at most as many as were booked';
