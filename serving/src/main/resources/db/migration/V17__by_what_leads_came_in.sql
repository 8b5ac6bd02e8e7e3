-- By what leads came in, so that their bands can be counted by it.

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
