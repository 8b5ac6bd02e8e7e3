package io.leadpulse.domain.campaign;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page by which leads came, as far as it is counted: the part of the site that it belongs to. Paths go on for ever (an
 * offer's number, a person's name), and each that is told apart costs sums of its own.
 */
public final class LandingPage {
    /** Stands for every part of the site whose name looks made by a machine. */
    public static final String OTHER = "/*";

    private static final int MAX_LENGTH = 32;
    private static final Pattern FIRST_SEGMENT = Pattern.compile("/?([^/]*)(?:/.*)?", Pattern.DOTALL);
    /** No digits: parts of a site have names, records have numbers. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}._ -]{0," + MAX_LENGTH + '}');

    /**
     * The page to count for.
     *
     * @param page path of the page, or the name of a screen; never null
     * @return {@code /} and the first segment of the path in lower case, as long as that is a name
     */
    public static String of(String page) {
        Matcher path = FIRST_SEGMENT.matcher(page);
        String segment = path.matches() ? path.group(1) : page;
        return NAME.matcher(segment).matches() ? '/' + segment.toLowerCase(Locale.ROOT) : OTHER;
    }

    private LandingPage() {}
}
