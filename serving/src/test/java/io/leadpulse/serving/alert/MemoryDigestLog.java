package io.leadpulse.serving.alert;

import java.util.ArrayList;
import java.util.List;

/** A log of digests that outlives whoever writes it, and can be made to fail. */
final class MemoryDigestLog implements DigestLog {
    private final List<SentDigest> digests = new ArrayList<>();
    private boolean crashing;
    private Corrections corrections = Corrections.NONE;
    private long correctionsFromMillis;
    private long correctionsUntilMillis;

    /** Whether whoever writes dies right after it. */
    synchronized void crashAfterWrite(boolean now) {
        crashing = now;
    }

    synchronized void corrections(Corrections now) {
        corrections = now;
    }

    /** Of which time corrections were asked for last. */
    synchronized List<Long> asked() {
        return List.of(correctionsFromMillis, correctionsUntilMillis);
    }

    @Override
    public synchronized List<SentDigest> since(long sentMillis) {
        return digests.stream()
                .filter(digest -> digest.sentMillis() >= sentMillis)
                .toList();
    }

    @Override
    public synchronized void write(List<SentDigest> written) {
        for (SentDigest digest : written) {
            if (digests.stream()
                    .noneMatch(known -> known.day().equals(digest.day())
                            && known.recipient().equals(digest.recipient()))) {
                digests.add(digest);
            }
        }
        if (crashing) {
            throw new SentLogException("the writer dies here", null);
        }
    }

    @Override
    public synchronized void posted(List<SentDigest> posted, long atMillis) {
        digests.replaceAll(known -> posted.stream()
                        .anyMatch(each -> known.day().equals(each.day())
                                && known.recipient().equals(each.recipient()))
                ? known.posted(atMillis)
                : known);
    }

    @Override
    public synchronized Corrections corrections(long fromMillis, long untilMillis) {
        correctionsFromMillis = fromMillis;
        correctionsUntilMillis = untilMillis;
        return corrections;
    }
}
