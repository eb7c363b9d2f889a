package dev.gateline.engine;

import dev.gateline.AuthUnavailableException;
import org.jspecify.annotations.Nullable;

/** A compare-and-set, done again until nobody else's change comes first. */
final class Retry {
    /** A compare-and-set loses only to another's success; this many losses in a row are a store that does not work. */
    static final int ATTEMPTS = 100;

    private Retry() {}

    /** Reads, decides and writes, once. */
    interface Attempt<T> {

        /**
         * One attempt.
         *
         * @param first whether it is the first: a later one must not read from a copy
         * @return null if somebody else's change came first
         */
        @Nullable
        T take(boolean first);
    }

    static <T> T untilNobodyComesFirst(Attempt<T> attempt) {
        for (int i = 0; i < ATTEMPTS; i++) {
            T result = attempt.take(i == 0);
            if (result != null) {
                return result;
            }
        }
        throw new AuthUnavailableException("the store has rejected " + ATTEMPTS + " writes in a row as stale");
    }
}
