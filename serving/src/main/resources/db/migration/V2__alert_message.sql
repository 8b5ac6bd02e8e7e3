-- What people were told: one row for each alert, severity, snooze and role, so that nothing can be told twice. Written
-- before a message leaves (docs/decisions/039); a digest has a row for each alert in it.
alter table alert_message
    drop constraint alert_message_pkey,
    drop column attempts,
    drop column problem,
    alter column sent_at set not null,
    add column told_again_at timestamptz not null,
    add column audience text not null,
    add column intended text not null,
    add column ended_at timestamptz,
    add column outcome text,
    add primary key (alert, severity, told_again_at, audience, intended);
drop index alert_message_of_alert;
create index alert_message_of_message on alert_message (message_id);
create index alert_message_standing on alert_message (message_id) where ended_at is null;
comment on column alert_message.sent_at is 'When it was decided; written before the message leaves';
comment on column alert_message.told_again_at is 'End of the snooze after which it was told again; 1970 when told for the first time';
comment on column alert_message.audience is 'owner, team_lead, or each of several';
comment on column alert_message.intended is 'Rep for whom it was meant where several are told; else empty';
comment on column alert_message.ended_at is 'When it ceased to stand; null while it stands';
comment on column alert_message.outcome is 'resolved, withdrawn, handled, escalated, reminded or lapsed; null while it stands';

create table alert_dispatch (
    singleton boolean primary key default true check (singleton),
    first_caught_up_at timestamptz,
    posted_at timestamptz
);
comment on table alert_dispatch is 'One row: when this installation began to tell people, and when it last did.';
comment on column alert_dispatch.first_caught_up_at is 'What was raised a day before it is history: told in digests only';
comment on column alert_dispatch.posted_at is 'When the Alertmanager last took everything that stands';
