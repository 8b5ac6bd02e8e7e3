-- Rows of a company in mid-day, for the tests of the boards' queries. Everything is relative to now: it is about 13:30,
-- and today is the fourth of five working days. Runs once, on an empty read model.
set search_path = leadpulse;

insert into setting values
    ('company', 'Nimbar Software'), ('currency', 'EUR'), ('minor_digits', '2'), ('public_url', 'http://localhost:9400'),
    ('zone', (select case when offset_hours = 0 then 'Etc/GMT' when offset_hours > 0 then 'Etc/GMT-' || offset_hours else 'Etc/GMT+' || -offset_hours end
              from (select 13 - extract(hour from now() at time zone 'UTC')::int as offset_hours) as here));

create temporary table story as
select value as zone, (now() at time zone value)::date as today, date_trunc('day', now() at time zone value) at time zone value as began
from setting where key = 'zone';

create temporary table day as
select day::date as day, ((day::date - (today - 3)) % 7 + 7) % 7 < 5 as works, extract(doy from day)::int as n
from story, generate_series(today - 90, today, interval '1 day') as day;

insert into rep values
    ('r01', 'Darya Kamali', 'North', 'l1', 'r03', true), ('r02', 'Tomas Reuter', 'South', 'l2', 'r04', true),
    ('r03', 'Ines Marchetti', 'North', 'l1', 'r01', true), ('r04', 'Jonah Adeyemi', 'South', 'l2', 'r02', true),
    ('r05', 'Petra Lind', 'East', 'l3', 'r06', true), ('r06', 'Samir Haddad', 'East', 'l3', 'r05', true),
    ('r07', 'Lena Vogt', 'North', 'l1', 'r01', true), ('r08', 'Marek Duda', 'South', 'l2', 'r02', true),
    ('r09', 'Aisha Bello', 'East', 'l3', 'r06', true), ('r10', 'Nils Berg', 'North', 'l1', 'r03', true),
    ('r11', 'Chiara Fonti', 'South', 'l2', 'r04', true), ('r12', 'Omar Said', 'East', 'l3', 'r05', true);

-- 260 leads: every seventh without owner, some hand-raised, some waiting for an answer.
insert into lead
select 'L-' || (1000 + n), owner.rep, owner.team, (array['Books', 'Desk', 'Field'])[n % 3 + 1],
    case when n % 11 = 0 then 'customer' when n % 13 = 0 then 'nurture' when n % 3 = 0 then 'qualified' when n % 5 = 0 then 'new' else 'working' end,
    case when n % 4 = 0 then 'outbound' else 'inbound' end,
    case when n % 9 = 0 then 'hot' when n % 3 = 0 then 'warm' else 'cold' end,
    case when n % 9 = 0 then 70 + n % 30 when n % 3 = 0 then 30 + n % 40 else n % 30 end,
    case when n % 9 = 0 then 70 + n % 50 when n % 3 = 0 then 30 + n % 40 else n % 30 end,
    n % 25, case when n % 9 = 0 then 60 + n % 30 when n % 3 = 0 then 20 + n % 30 else n % 20 end, n % 17 - 8, case when n % 19 = 0 then -60 else n % 23 - 11 end,
    case when n % 3 = 0 then null when n % 5 = 0 then 'new' else 'contacted' end, now() - n * interval '9 hours',
    now() - n * interval '9 hours', case when n % 6 = 0 then now() - n * interval '7 hours' end, case when n % 6 = 0 then 'web/e' || n end,
    case when n % 5 <> 0 then now() - n * interval '8 hours' end, null, null, case when n % 3 = 0 then now() - n * interval '5 hours' end,
    case when n % 12 = 0 then now() - n * interval '4 minutes' end, case when owner.rep is null then now() - n * interval '11 minutes' end,
    case when n % 5 <> 0 then now() - n * interval '8 hours' end, case when n % 5 <> 0 then 300 + (n * 7919) % 9000 end,
    case when n % 5 <> 0 then now() - n * interval '6 hours' end, case when n % 5 <> 0 then (array['call', 'email_sent', 'email_replied', 'meeting_completed'])[n % 4 + 1] end, n % 4 > 1,
    case when n % 7 in (1, 2) then now() + (n % 9 - 4) * interval '50 minutes' end, case when n % 7 in (1, 2) then (array['task_planned', 'meeting_scheduled'])[n % 2 + 1] end,
    case when n % 17 = 3 then now() - n * interval '3 minutes' end, (array['Call about the offer', 'Send the references', 'Agree on a date for the demo'])[n % 3 + 1],
    'search-price', 'search', 'checklist-video', 'paid_social',
    case when n % 3 = 0 then 1 else 0 end, case when n % 3 = 0 then 90000 + (n * 104729) % 900000 else 0 end, case when n % 11 = 0 then 1 else 0 end, 0, 0, now(), '{}'
from generate_series(1, 260) as n
left join rep as owner on n % 7 <> 0 and owner.rep = 'r' || lpad((case when n % 3 = 0 and n < 66 then 1 else (n * 5 + n / 12) % 12 + 1 end)::text, 2, '0');

-- An open deal for each third lead; Darya's stand in "offer".
insert into deal
select 'D-' || substr(lead, 3), lead, 'open', stage, since, since + interval '12 days', case stage when 'offer' then '10 business days' else '7 business days' end,
    owner, team, product, open_amount_minor, since - interval '9 days', null, (now() + (n % 30 - 8) * interval '1 day')::date, n % 4, null, since, now()
from (
    select lead, owner, team, product, open_amount_minor, substr(lead, 3)::int as n, case when owner = 'r01' then 'offer' else (array['meeting', 'demo', 'offer', 'negotiation'])[substr(lead, 3)::int % 4 + 1] end as stage,
        now() - (case when owner = 'r01' then 10 + substr(lead, 3)::int % 17 else substr(lead, 3)::int % 15 end) * interval '1 day' as since
    from lead where open_deals > 0) as opened;

-- Won deals of 90 days at the hours at which this company sells, 4,800.00 of them today.
create temporary table sale as
select day, n, i, (array['Books', 'Desk', 'Field'])[(n + i) % 3 + 1] as product, 'r' || lpad(((n * 5 + i * 7) % 12 + 1)::text, 2, '0') as rep,
    (array[160000, 290000, 420000])[(n + i) % 3 + 1] + ((n * 31 + i * 17) % 90) * 1000 as amount, (array['09:40', '10:50', '11:35', '14:20', '15:30', '16:45'])[i]::time as at
from day, generate_series(1, 6) as i
where works and i <= 4 + n % 3 and day < (select today from story)
union all
select today, 0, i, 'Books', 'r' || lpad((i * 3)::text, 2, '0'), case i when 1 then 160000 else 320000 end, (array['09:35', '11:25'])[i]::time from story, generate_series(1, 2) as i;

insert into deal
select 'W-' || day || '-' || i, 'L-' || (1000 + (n * 6 + i) % 260 + 1), 'won', 'won', (day + at) at time zone zone, null, null, rep, r.team, product, amount,
    (day + at) at time zone zone - interval '24 days', (day + at) at time zone zone, day, 0, null, (day + at) at time zone zone, now()
from story, sale join rep as r using (rep);

insert into rollup_slot
select scope, 'won_amount_five_minutes', day + at - (extract(minute from at)::int % 5) * interval '1 minute', sum(amount), now()
from sale join rep as r using (rep) cross join lateral (values ('company'), ('team:' || team), ('rep:' || rep)) as each (scope)
group by scope, day, at;

insert into rollup_day
select scope, measure, '', day, case measure when 'won_count' then 'count' else 'money' end, sum(case measure when 'won_count' then 1 else amount end), now()
from sale join rep as r using (rep) cross join lateral (values ('company'), ('team:' || team), ('rep:' || rep)) as each (scope) cross join (values ('won_amount'), ('won_count')) as m (measure)
group by scope, measure, day;

insert into rollup_day
select scope, 'activities', kind, day, 'count', sum(case kind when 'call' then 12 + (d.n + length(name)) % 9 when 'email_sent' then 20 when 'meeting_completed' then 1 + (d.n + length(name)) % 3 else 1 end), now()
from day as d, rep as r cross join lateral (values ('company'), ('team:' || team), ('rep:' || rep)) as each (scope) cross join (values ('call'), ('email_sent'), ('meeting_completed'), ('demo_held')) as k (kind)
where works
group by scope, kind, day;

insert into rollup_day
select scope, 'opened_count', '', day, 'count', count(*), now()
from day as d, rep as r cross join lateral (values ('company'), ('team:' || team), ('rep:' || rep)) as each (scope)
where works
group by scope, day;

-- Periods: each day, and the week, month, quarter and year that are now.
insert into progress
select scope, 'day', day::text, day::timestamp at time zone zone, (day + 1)::timestamp at time zone zone, value, 5, 9, 15, 5, 5 * 24 * 86400000::bigint, 21, now()
from story, rollup_day where measure = 'won_amount';
insert into progress_goal (scope, period_kind, period, measure, unit, goal, achieved, attainment, is_linear, as_of)
select p.scope, 'day', p.period, 'won_amount', 'money', goal, p.won_amount_minor, p.won_amount_minor::float / goal, false, now()
from progress as p cross join lateral (select case when p.scope = 'company' then 1550000 when p.scope like 'team:%' then 516000 else 129000 end as goal) as g;

insert into progress
select scope, kind, period, starts at time zone zone, starts at time zone zone + length::interval, won, 80, 140, 330, 80, 80 * 24 * 86400000::bigint, 21, now()
from story cross join lateral (values
    ('week', (today - 3)::text, (today - 3)::timestamp, '7 days', 4290000), ('month', to_char(today, 'YYYY-MM'), date_trunc('month', today::timestamp), '31 days', 18914000),
    ('quarter', to_char(today, 'YYYY-"Q"Q'), date_trunc('quarter', today::timestamp), '92 days', 58210000), ('year', to_char(today, 'YYYY'), date_trunc('year', today::timestamp), '366 days', 311020000)) as p (kind, period, starts, length, won)
cross join (values ('company')) as c (scope);

insert into expected_curve
select scope, today, at, (goal * share)::bigint, goal
from story
cross join lateral generate_series(0, 287) as slot
cross join lateral (select began + slot * interval '5 minutes' as at, greatest(0, least(1, (slot - 108) / 108.0)) as position) as t
cross join lateral (select position * position * (3 - 2 * position) as share) as s
cross join lateral (select 'company' as scope, 1550000 as goal union all select distinct 'team:' || team, 516000 from rep union all select 'rep:' || rep, 129000 from rep) as g;

-- Alerts: what is stuck, idle, late, unassigned; most of Darya's offers.
insert into alert
select md5('stuck' || deal), 'stuck', null, lead, deal, owner, team, stage, stage_since, stage_limit, case when n % 3 = 0 then 'escalated' else 'raised' end, case when n % 3 = 0 then 'critical' else 'warning' end,
    greatest(stage_due, now() - (n % 6) * interval '1 day'), case when n % 3 = 0 then now() - interval '1 hour' end, null, null, null, true, '{}', '[]', now()
from (select d.*, substr(deal, 3)::int as n from deal as d where state = 'open' and (owner = 'r01' and stage_since < now() - interval '14 days' or substr(deal, 3)::int % 9 = 0)) as d;
insert into alert
select md5(cause || lead), cause, null, lead, null, owner, team, null, at, text, case when n % 5 = 0 and open then 'snoozed' when open then 'raised' when n % 2 = 0 then 'handled' else 'resolved' end, case when n % 4 = 0 then 'critical' else 'warning' end,
    at, null, case when n % 5 = 0 and open then now() + interval '2 hours' end, case when not open and n % 2 = 0 then at + interval '1 hour' end, case when not open then at + interval '2 hours' end, open, '{}', '[]', now()
from (select l.*, substr(lead, 3)::int as n from lead as l) as l
cross join lateral (values
    ('first_contact', n % 12 = 0, n % 12 = 0 or n % 8 = 1, now() - n % 150 * interval '1 hour', '15 business minutes'), ('idle', true, n % 23 = 5, now() - n % 100 * interval '1 hour', '14 days'),
    ('reply_owed', true, n % 17 = 3, now() - n % 9 * interval '1 hour', '4 business hours'), ('planned_overdue', n % 2 = 0, n % 29 = 7, now() - n % 100 * interval '1 hour', null),
    ('expected_close_passed', true, n % 27 = 0, now() - n % 100 * interval '1 hour', null), ('unassigned', true, owner is null, now() - n % 60 * interval '1 minute', '30 business minutes')) as c (cause, open, holds, at, text)
where holds;
insert into alert
select md5(scope || kind || step), 'milestone', scope, null, null, null, null, null, at, null, 'raised', 'warning', at, null, null, null, at, false,
    jsonb_build_object('step', step, 'period_kind', kind, 'period', period, 'measure', 'won_amount'), '[]', now()
from story cross join lateral (values ('company', 'month', '50', to_char(today, 'YYYY-MM'), now() - interval '3 days'), ('company', 'day', '90', (today - 1)::text, now() - interval '21 hours'),
    ('team:North', 'week', '50', (today - 3)::text, now() - interval '20 hours'), ('rep:r02', 'month', '90', to_char(today, 'YYYY-MM'), now() - interval '2 hours')) as m (scope, kind, step, period, at);

insert into band_change
select lead, now() - substr(lead, 3)::int % 90 * interval '1 hour', 'warm', 'hot', owner, team from lead where band = 'hot';
insert into band_change
select lead, now() - substr(lead, 3)::int % 90 * interval '20 minutes', 'warm', 'cold', owner, team from lead where band = 'cold' and substr(lead, 3)::int % 5 = 0;

insert into ledger
select lead, lpad(to_hex(substr(lead, 3)::int * 10 + i), 16, '0'), rule, 'web/' || lead || i, now() - i * interval '1 day', 1, 'engagement', points, product, null, now()
from lead, (values (1, 'demo_requested', 50), (2, 'price_list_viewed', 10), (3, 'asset_downloaded', 5), (4, 'page_viewed', 1)) as f (i, rule, points) where band = 'hot';

insert into correction
select 'sales.rollups.v1/0/' || i, now() - i * interval '50 minutes', scope, measure, today - 6, 1840000 + from_more, 184000 + from_more, unit, 'an amount was corrected'
from story, (values (1, 'company', 'won_amount', 'money', 900000), (2, 'team:South', 'won_amount', 'money', 300000), (3, 'rep:r08', 'won_amount', 'money', 0)) as c (i, scope, measure, unit, from_more);

insert into annotation
select 'crm/' || i, 1, now() - since::interval, kind, text, null, null
from (values (1, '3 hours', 'process_changed', 'New mail template'), (2, '9 days', 'campaign_started', 'Checklist video'), (3, '20 minutes', 'rules_changed', 'Rules version 2')) as a (i, since, kind, text);
