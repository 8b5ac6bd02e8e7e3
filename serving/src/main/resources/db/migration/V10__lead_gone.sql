-- Leads that have nothing any more: merged into another, or deleted. They stand apart, so that every list, count and board
-- over leads goes on without asking.

create table leadpulse.lead_gone (
    lead text primary key,
    merged_into text,
    deleted_at timestamptz,
    as_of timestamptz not null
);
comment on table leadpulse.lead_gone is 'One row a lead that was merged into another or is deleted, and has nothing of its own any more. It is not in lead.';
comment on column leadpulse.lead_gone.merged_into is 'The lead under which it stands now, and which has all that was said of it; null if it is deleted.';
comment on column leadpulse.lead_gone.deleted_at is 'Since when it is deleted; null if it was merged.';
