-- By what leads came in, so that their bands can be counted by it, and how soon they qualified then.

alter table leadpulse.lead
    add column landing_page text,
    add column first_form text,
    add column first_asset text;
comment on column leadpulse.lead.landing_page is 'First page that it saw: the first part of its path where that is a name, else /*; null when none is known';
comment on column leadpulse.lead.first_form is 'First form that it sent; null when none is known';
comment on column leadpulse.lead.first_asset is 'First asset that it took; null when none is known';

create view leadpulse.lead_source as
    select s.kind, s.name, l.lead, l.band, l.created_at
    from leadpulse.lead l
    cross join lateral (values ('campaign', l.first_campaign), ('channel', l.first_channel), ('landing', l.landing_page),
        ('form', l.first_form), ('asset', l.first_asset)) as s (kind, name)
    where s.name is not null;
comment on view leadpulse.lead_source is 'What brought each lead, and the band in which it stands: a row for its campaign and channel (first touch), landing page, form and asset (the first of each), as far as they are known.';
comment on column leadpulse.lead_source.kind is 'campaign, channel, landing, form or asset; as in source_day';

create or replace view leadpulse.source_slot as
    select split_part(scope, ':', 1) as kind, substr(scope, strpos(scope, ':') + 1) as name, slot,
        coalesce(sum(value) filter (where measure = 'touched_leads_five_minutes'), 0) as leads,
        coalesce(sum(value) filter (where measure = 'touched_qualified_in_15_minutes'), 0) as in_15_minutes,
        coalesce(sum(value) filter (where measure = 'touched_qualified_in_60_minutes'), 0) as in_60_minutes,
        coalesce(sum(value) filter (where measure = 'touched_qualified_in_24_hours'), 0) as in_24_hours
    from leadpulse.rollup_slot
    where scope like 'campaign:%' or scope like 'channel:%' or scope like 'landing:%' or scope like 'form:%'
        or scope like 'asset:%'
    group by 1, 2, 3;
comment on view leadpulse.source_slot is
    'Leads by first touch, first page, form and asset, by five minutes of it, and those that were qualified in time.';
