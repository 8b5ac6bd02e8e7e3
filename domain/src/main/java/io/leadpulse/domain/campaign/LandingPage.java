package io.leadpulse.domain.campaign;

import java.util.Locale;

/**
 * The page by which leads came, as far as it is counted: the part of the site that it belongs to. Paths go on for ever (an
 * offer's number, a person's name), and each that is told apart costs sums of its own.
 */
public final class LandingPage {
    /** Stands for every part of the site whose name looks made by a machine. */
    public static final String OTHER = "/*";

    private static final int MAX_LENGTH = 32;

    /**
     * The page to count for.
     *
     * @param page path of the page, or the name of a screen; never null
     * @return {@code /} and the first segment of the path in lower case, as long as that is a name
     */
    public static String of(String page) {
        int from = page.startsWith("/") ? 1 : 0;
        int end = page.indexOf('/', from);
        String segment = page.substring(from, end < 0 ? page.length() : end);
        return isName(segment) ? '/' + segment.toLowerCase(Locale.ROOT) : OTHER;
    }

    /** No digits: parts of a site have names, records have numbers. By hand, since every profile names such a page. */
    private static boolean isName(String segment) {
        int length = 0;
        for (int at = 0; at < segment.length(); length++) {
            int each = segment.codePointAt(at);
            if (!Character.isLetter(each) && each != '.' && each != '_' && each != ' ' && each != '-') {
                return false;
            }
            at += Character.charCount(each);
        }
        return length <= MAX_LENGTH;
    }

    private LandingPage() {}
}
