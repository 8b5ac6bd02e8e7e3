-- What sales people do: counted for who did it, and his team at that time.

CREATE VIEW act AS
SELECT e.*, s.scope
FROM event e
JOIN scope_of s ON s.rep = e.actor AND s.from_millis <= e.millis AND e.millis < s.until_millis
WHERE NOT e.is_web AND e.lead IS NOT NULL AND e.kind NOT LIKE 'deal\_%'
  AND e.kind NOT IN ('page_viewed', 'careers_page_viewed', 'price_list_viewed', 'asset_downloaded', 'form_viewed',
                     'form_started', 'form_submitted', 'social_action', 'event_visited', 'newsletter_signed_up',
                     'site_signed_up', 'demo_requested', 'quote_requested', 'callback_requested', 'identified',
                     'other_behaviour');

-- measures: activities
SELECT scope, 'activities' AS measure, kind AS dimension, day, COUNT(*) AS value
FROM act
GROUP BY scope, kind, day;

-- measures: conversations
SELECT scope, 'conversations' AS measure, '' AS dimension, day, COUNT(*) AS value
FROM act
WHERE kind = 'call' AND connected AND seconds >= 30
GROUP BY scope, day;
