-- Where leads come from, for boards: one row a source and day of touch, instead of one a measure.

create view leadpulse.source_day as
    select split_part(scope, ':', 1) as kind, substr(scope, strpos(scope, ':') + 1) as name, day,
        coalesce(sum(value) filter (where measure = 'touched_leads'), 0) as leads,
        coalesce(sum(value) filter (where measure = 'touched_qualified'), 0) as qualified,
        coalesce(sum(value) filter (where measure = 'touched_sales_qualified'), 0) as sales_qualified,
        coalesce(sum(value) filter (where measure = 'touched_accepted'), 0) as accepted,
        coalesce(sum(value) filter (where measure = 'touched_rejected'), 0) as rejected,
        coalesce(sum(value) filter (where measure = 'touched_opportunities'), 0) as opportunities,
        coalesce(sum(value) filter (where measure = 'touched_won'), 0) as won,
        coalesce(sum(value) filter (where measure = 'touched_revenue'), 0) as revenue_minor,
        coalesce(sum(value) filter (where measure = 'touched_milli_score_60_minutes'), 0) as milli_score_60_minutes,
        coalesce(sum(value) filter (where measure = 'touched_milli_score_24_hours'), 0) as milli_score_24_hours,
        coalesce(sum(value) filter (where measure = 'lead_form_acts' and dimension = 'form_viewed'), 0) as form_views,
        coalesce(sum(value) filter (where measure = 'lead_form_acts' and dimension = 'form_started'), 0) as form_starts,
        coalesce(sum(value) filter (where measure = 'lead_form_acts' and dimension not in ('form_viewed', 'form_started')), 0)
            as form_sendings,
        coalesce(sum(value) filter (where measure = 'visitors'), 0) as visitors,
        coalesce(sum(value) filter (where measure = 'visitors_identified'), 0) as visitors_identified,
        coalesce(sum(value) filter (where measure = 'spend'), 0) as spent_minor,
        coalesce(sum(value) filter (where measure = 'spend_estimated'), 0) as estimated_minor
    from leadpulse.rollup_day
    where scope like 'campaign:%' or scope like 'channel:%' or scope like 'last\_campaign:%'
        or scope like 'last\_channel:%' or scope like 'landing:%' or scope like 'form:%' or scope like 'asset:%'
    group by 1, 2, 3;
comment on view leadpulse.source_day is 'Leads by what brought them, and what became of them since, on the day of the touch.';
comment on column leadpulse.source_day.kind is
    'campaign, channel (first touch), last_campaign, last_channel (last touch), landing, form or asset (the first)';
comment on column leadpulse.source_day.visitors is
    'Of campaigns and channels: visitors of the web site, each once, on the day of the first act that names it';
comment on column leadpulse.source_day.visitors_identified is 'Those of them of whom such an act belongs to a lead';
comment on column leadpulse.source_day.estimated_minor is
    'A budget spread over its planned run; counts where nothing was spent on record';

create view leadpulse.source_slot as
    select split_part(scope, ':', 1) as kind, substr(scope, strpos(scope, ':') + 1) as name, slot,
        coalesce(sum(value) filter (where measure = 'touched_leads_five_minutes'), 0) as leads,
        coalesce(sum(value) filter (where measure = 'touched_qualified_in_15_minutes'), 0) as in_15_minutes,
        coalesce(sum(value) filter (where measure = 'touched_qualified_in_60_minutes'), 0) as in_60_minutes,
        coalesce(sum(value) filter (where measure = 'touched_qualified_in_24_hours'), 0) as in_24_hours
    from leadpulse.rollup_slot
    where scope like 'campaign:%' or scope like 'channel:%'
    group by 1, 2, 3;
comment on view leadpulse.source_slot is
    'Leads by first touch, of campaigns and channels, by five minutes of it, and those that were qualified in time.';
