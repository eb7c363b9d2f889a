package dev.gateline.engine;

import dev.gateline.AuthUnavailableException;
import org.jspecify.annotations.Nullable;

/** A compare-and-set that is repeated until no other change comes first. */
final class Retry {
    /** A compare-and-set only loses to another success. After this many losses in a row the store does not work. */
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
