package io.leadpulse.oracle;

import java.time.LocalDate;

/**
 * When spring begins, by astronomy, for tests of the Persian calendar: Jean Meeus, Astronomical Algorithms, chapter 27,
 * tables 27.B and 27.C, exact to less than a minute. The first day of the Persian year is the one whose noon in Iran is
 * the first after it.
 */
public final class MarchEquinox {
    /** Sizes, phases in degrees, and degrees in a Julian century, of the 24 periodic terms. */
    private static final double[][] TERMS = {
        {485, 324.96, 1934.136},
        {203, 337.23, 32964.467},
        {199, 342.08, 20.186},
        {182, 27.85, 445267.112},
        {156, 73.14, 45036.886},
        {136, 171.52, 22518.443},
        {77, 222.54, 65928.934},
        {74, 296.72, 3034.906},
        {70, 243.58, 9037.513},
        {58, 119.81, 33718.147},
        {52, 297.17, 150.678},
        {50, 21.02, 2281.226},
        {45, 247.54, 29929.562},
        {44, 325.15, 31555.956},
        {29, 60.93, 4443.417},
        {18, 155.12, 67555.328},
        {17, 288.79, 4562.452},
        {16, 198.04, 62894.029},
        {14, 199.76, 31436.921},
        {12, 95.39, 14577.848},
        {12, 287.11, 31931.756},
        {12, 320.81, 34777.259},
        {9, 227.73, 1222.114},
        {8, 15.45, 16859.074}
    };

    private static final double JULIAN_DAY_OF_EPOCH = 2_440_587.5;
    /** Terrestrial time is ahead of universal time by 64 s (1991) to some 80 s (2070). */
    private static final double DELTA_T_DAYS = 70 / 86_400.0;

    /** Iran's standard time, UTC+03:30. */
    private static final double IRAN_DAYS = 3.5 / 24;

    private MarchEquinox() {}

    /** The March equinox of a Gregorian year, local days in Iran since 1970-01-01, with the part of the day. */
    public static double inIran(int year) {
        double y = (year - 2000) / 1000.0;
        double mean = 2451623.80984 + y * (365242.37404 + y * (0.05169 - y * (0.00411 + y * 0.00057)));
        double t = (mean - 2451545) / 36525;
        double w = Math.toRadians(35999.373 * t - 2.47);
        double length = 1 + 0.0334 * Math.cos(w) + 0.0007 * Math.cos(2 * w);
        double sum = 0;
        for (double[] term : TERMS) {
            sum += term[0] * Math.cos(Math.toRadians(term[1] + term[2] * t));
        }
        return mean + 0.00001 * sum / length - DELTA_T_DAYS - JULIAN_DAY_OF_EPOCH + IRAN_DAYS;
    }

    /** The first day of the Persian year that begins in a Gregorian year. */
    public static LocalDate nowruz(int year) {
        return LocalDate.ofEpochDay((long) Math.floor(inIran(year) + 0.5));
    }
}
