-- A customer is an organisation with its contact, or a contact.

alter table leadpulse.lead add column organisation text;
comment on column leadpulse.lead.organisation is 'Organisation of which it is the contact; null for a contact of whom none is known';

create or replace view leadpulse.new_customer as
select l.lead, first.closed_at as bought_at, first.product, first.amount_minor, first.reason as noted, first.owner, first.team,
    (select string_agg(i.product, ', ' order by i.points desc, i.product)
        from jsonb_to_recordset(coalesce(l.document -> 'product_interest', '[]')) as i (product text, points double precision)) as products,
    (select string_agg(replace(b.act, '_', ' ') || ' ' || b.in_all, ', ' order by b.in_all desc, b.act)
        from jsonb_to_recordset(coalesce(l.document -> 'behaviour', '[]')) as b (act text, in_all bigint)) as acts,
    l.first_campaign, l.first_channel, l.next_planned_at, l.next_planned_kind, l.reply_owed_since, l.last_contact_at,
    l.last_contact_kind, later.won_deals as later_won_deals, later.won_amount_minor as later_won_amount_minor,
    later.open_deals, l.organisation
from (
    select distinct on (d.lead) d.lead, d.deal, d.closed_at, d.product, d.amount_minor, d.reason, d.owner, d.team
    from leadpulse.deal d where d.state = 'won' order by d.lead, d.closed_at, d.deal) first
join leadpulse.lead l on l.lead = first.lead
cross join lateral (
    select count(*) filter (where d.state = 'won') as won_deals,
        coalesce(sum(d.amount_minor) filter (where d.state = 'won'), 0)::bigint as won_amount_minor,
        count(*) filter (where d.state = 'open') as open_deals
    from leadpulse.deal d where d.lead = l.lead and d.deal <> first.deal) later;
comment on column leadpulse.new_customer.organisation is 'The customer, of whom the lead is the contact; null where the contact is the customer';
