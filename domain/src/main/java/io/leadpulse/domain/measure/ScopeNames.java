package io.leadpulse.domain.measure;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The keys of scopes that were named last. Every event of a lead names some hundred: the same few objects again and again
 * are compared at once, where equal ones would be compared letter by letter. Bounded; what has no room is named anew.
 */
final class ScopeNames {
    private static final int ROOM = 1024;

    private final String prefix;
    private final AtomicReferenceArray<Named> named = new AtomicReferenceArray<>(ROOM);

    /** Names scopes of one kind. */
    ScopeNames(String prefix) {
        this.prefix = prefix;
    }

    /** The prefix followed by this. */
    String of(String name) {
        int at = (name.hashCode() & Integer.MAX_VALUE) % ROOM;
        Named known = named.getPlain(at);
        if (known == null || !known.name().equals(name)) {
            known = new Named(name, prefix + name);
            named.setRelease(at, known);
        }
        return known.scope();
    }

    private record Named(String name, String scope) {}
}
