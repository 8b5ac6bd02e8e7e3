package io.leadpulse.domain.score;

/** How warm a lead is: a pure function of its score, without hysteresis (that belongs to notifications). */
public enum Band {
    COLD,
    WARM,
    HOT
}
