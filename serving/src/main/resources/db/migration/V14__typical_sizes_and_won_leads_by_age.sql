-- What a deal like it usually brings, for leads of which no amount is known, and what won leads had done by which age.

alter table leadpulse.lead_value
    add column likely_minor bigint,
    add column typical_minor bigint,
    add column typical_of text,
    add column typical_deals bigint;
comment on column leadpulse.lead_value.likely_minor is 'Probability x size, or x the typical size where none is known, minor units; what unowned leads are put in order by. Null while one of them is';
comment on column leadpulse.lead_value.typical_minor is 'Mean amount of deals like it that were won in the last 365 days, minor units; null where its own size is known, and under 5 such deals';
comment on column leadpulse.lead_value.typical_of is 'Which deals these are: product and its name, campaign and its name, or company';
comment on column leadpulse.lead_value.typical_deals is 'How many they are';

create table leadpulse.won_by_age (
    age_days integer not null,
    rule text not null,
    median double precision not null,
    won_leads bigint not null,
    primary key (age_days, rule)
);
comment on table leadpulse.won_by_age is 'What won leads had done by an age: of each rule of the score, how often it had given points to the one in the middle. Worked out by serving from ledger and closed leads when it learns, at least once a day.';
comment on column leadpulse.won_by_age.age_days is 'Days of 24 hours since the lead was created: 1, 3, 7, 14, 30, 60, 90 or 180';
comment on column leadpulse.won_by_age.median is 'Median over all won leads, those with none too; what came after the sale does not count';
comment on column leadpulse.won_by_age.won_leads is 'Of how many';

create view leadpulse.lead_beside_won as
    select l.lead, a.age_days, w.rule,
        (select count(*) from leadpulse.ledger g where g.lead = l.lead and g.rule = w.rule and g.withdrawn is null
            and g.time <= l.created_at + a.age_days * interval '24 hours') as done,
        w.median as won_median, w.won_leads
    from leadpulse.lead l
    cross join lateral (select max(days) as age_days from unnest(array[1, 3, 7, 14, 30, 60, 90, 180]) as days
        where l.created_at + days * interval '24 hours' <= l.as_of) as a
    join leadpulse.won_by_age w on w.age_days = a.age_days
    where w.won_leads >= 10 and (l.stage is not null or l.open_deals > 0) and l.status <> 'customer';
comment on view leadpulse.lead_beside_won is 'Every open lead of at least one day beside the won leads at its age, by rule of the score; empty before ten leads were won. age_days: the latest of the ages in won_by_age that it has reached.';

comment on column leadpulse.alert.cause is 'stuck, idle, first_contact, reply_owed, planned_overdue, expected_close_passed, unassigned, fall_off, marketing_qualified (news to the owner), behind_pace, milestone, poor_campaign';
