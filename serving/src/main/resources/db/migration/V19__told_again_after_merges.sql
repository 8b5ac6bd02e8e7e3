-- What was taken back because leads were merged or taken apart is told again where it stands (docs/decisions/123): the same
-- alert may have been told more than once, and of what is over it matters with which alert it was.
alter table alert_message
    add column nth integer not null default 1,
    add column ended_with text,
    drop constraint alert_message_pkey,
    add primary key (alert, severity, told_again_at, audience, intended, nth);
-- With which alert of a merged lead, an earlier version did not write down.
update alert_message set
    ended_with = case outcome when 'merged_withdrawn' then '' else alert end,
    outcome = case outcome when 'merged_withdrawn' then 'withdrawn' else outcome end
where ended_at is not null;
comment on column alert_message.nth is '1 when told for the first time; more when leads were merged or taken apart and it was taken back before';
comment on column alert_message.outcome is 'resolved, withdrawn (a correction), merged (taken back because leads were merged or taken apart), handled, escalated, reminded or lapsed; null while it stands';
comment on column alert_message.ended_with is 'Alert with which it ended, where leads are merged perhaps that of another one; empty where that is not known; null while it stands';
