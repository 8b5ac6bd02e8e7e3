-- The 95 % interval of a rate, for boards: the formula of io.leadpulse.domain.rate.WilsonInterval.

create function leadpulse.wilson_low(successes bigint, cases bigint) returns double precision
    language sql immutable parallel safe
    return case
        when cases is null or cases <= 0 then null
        when successes = 0 then 0
        else greatest(0,
            (2 * successes + 3.8414588206941236
                - 1.959963984540054 * sqrt(3.8414588206941236 + 4 * successes * ((cases - successes)::double precision / cases)))
            / (2 * (cases + 3.8414588206941236)))
        end;
comment on function leadpulse.wilson_low(bigint, bigint) is 'Lower bound, 0..1, of the 95 % interval (Wilson, without continuity correction) of successes of cases; null without cases.';

create function leadpulse.wilson_high(successes bigint, cases bigint) returns double precision
    language sql immutable parallel safe
    return case
        when cases is null or cases <= 0 then null
        when successes = cases then 1
        else least(1,
            (2 * successes + 3.8414588206941236
                + 1.959963984540054 * sqrt(3.8414588206941236 + 4 * successes * ((cases - successes)::double precision / cases)))
            / (2 * (cases + 3.8414588206941236)))
        end;
comment on function leadpulse.wilson_high(bigint, bigint) is 'Upper bound, 0..1, of the 95 % interval (Wilson, without continuity correction) of successes of cases; null without cases.';
