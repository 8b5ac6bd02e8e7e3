-- What people call a period, and deals that were told in another currency (docs/decisions/073 to 075).

alter table progress add column label text;
comment on column progress.label is 'What people call the period, by the company''s months: Aban 1405';
comment on column progress.period is '2017-06-28; a week by its first day; 2017-06, 2017-Q2, 2017 (by the company''s months: 1405-08, 1405-Q3, 1405); total; current';

alter table deal
    add column told_amount numeric,
    add column told_currency text,
    add column exchange_rate numeric,
    add column exchange_rate_from date;
comment on column deal.amount_minor is 'Minor units of the company''s currency; null when unknown';
comment on column deal.told_amount is 'The amount as it was told, in main units of told_currency; null if that was the company''s currency';
comment on column deal.told_currency is 'ISO 4217';
comment on column deal.exchange_rate is 'Main units of the company''s currency for one of told_currency: frozen at the close, of an open deal the present one';
comment on column deal.exchange_rate_from is 'The day from which that rate holds';

comment on column setting.key is 'company; currency (the unit in which amounts are shown: an ISO 4217 code, or such as toman), currency_code (ISO 4217), minor_digits (digits of an amount in minor units that stand behind the point of that unit), zone (IANA), public_url (null when unknown: absent); caught_up_at: when this database first held all results; live_since: when the engine had first read all events';
comment on function leadpulse.money(bigint) is 'Minor units as the unit in which amounts are shown (setting currency); null stays null.';
