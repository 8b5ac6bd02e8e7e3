-- Who is to get the leads that nobody owns (docs/decisions/092), and when a lead answers.

alter table lead add column answer_hour smallint;
comment on column lead.answer_hour is 'Hour of the company''s day, 0 to 23, at which it usually answers; null below 3 answers';

create table proposed_owner (
    lead text primary key,
    rep text not null,
    place int not null,
    as_of timestamptz not null
);
comment on table proposed_owner is 'A proposal for each lead that nobody owns and that somebody sells; computed by serving every few seconds, and never an assignment';
comment on column proposed_owner.rep is 'The least loaded of those who sell its product and are at work';
comment on column proposed_owner.place is 'Place in the order of priority, from 1: hand-raised, hot, most valuable, oldest';

comment on column alert.cause is 'stuck, idle, first_contact, reply_owed, planned_overdue, expected_close_passed, unassigned, fall_off, behind_pace, milestone, poor_campaign, works_worse';
comment on column lead.document is 'The profile as published; also behaviour, journey, product interest and answering hour';

-- In words what io.leadpulse.domain.alert.FallOffSign says; a test holds them together.
create function leadpulse.fall_off_words(sign text, act text) returns text
    language sql immutable parallel safe
    return case sign
        when 'score_halved' then 'score halved in ten days'
        when 'silent' then 'silent for longer than leads that were won'
        when 'unsubscribed' then 'unsubscribed'
        when 'missed_twice' then 'missed or declined two meetings'
        when 'pushed_twice' then 'expected close put off twice'
        when 'loss_act' then 'did what goes with losing'
        else replace(sign, '_', ' ')
        end || coalesce(' (' || replace(act, '_', ' ') || ')', '');
comment on function leadpulse.fall_off_words(text, text) is 'What people are told of a sign that a lead is about to fall off.';
