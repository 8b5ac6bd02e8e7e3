-- What the curve of a month is drawn by: the company's months and the like business days of two of them (docs/decisions/139).
create table like_day (
    day date primary key,
    month_from date not null,
    like_from date not null,
    like_until date not null
);
comment on table like_day is 'The days of this month and the next, and which days of the month before each is compared with; by the company''s months, working days and holidays. Written when the day begins.';
comment on column like_day.month_from is 'First day of its month';
comment on column like_day.like_from is 'First day of the month before';
comment on column like_day.like_until is 'What the month before sold until this day, itself not counted, stands against what is sold by the end of the day';
