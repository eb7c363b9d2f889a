package dev.gateline.engine;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.store.Written;
import org.jspecify.annotations.Nullable;

/** A compare-and-set that is repeated until no other change comes first. */
final class Retry {
    /**
     * The number of attempts. A compare-and-set only fails if another one has succeeded, so a store that rejects this
     * many in a row does not work.
     */
    static final int ATTEMPTS = 100;

    private Retry() {}

    /** An attempt, which reads, decides and writes once. */
    interface Attempt<T> {

        /**
         * Takes the attempt.
         *
         * @param first whether it is the first: a later one must not read from a copy
         * @return {@link #again} if somebody else's change came first, or if a copy was not enough
         */
        @Nullable
        Outcome<T> take(boolean first);
    }

    /** The result of an attempt that decided nothing. The loop takes another attempt, which asks the store. */
    static <T> @Nullable Outcome<T> again() {
        return null;
    }

    /** The result of an attempt that has tried to write the row. */
    static <T> @Nullable Outcome<T> after(Written written, T value) {
        return switch (written) {
            case DONE -> Outcome.accepted(value);
            case STALE -> again();
            case GONE -> Outcome.rejected(Rejection.UNKNOWN);
        };
    }

    /** Takes attempts until nobody else's change comes first. */
    static <T> Outcome<T> untilNobodyComesFirst(Attempt<T> attempt) {
        for (int i = 0; i < ATTEMPTS; i++) {
            Outcome<T> result = attempt.take(i == 0);
            if (result != null) {
                return result;
            }
        }
        throw new AuthUnavailableException("the store has rejected " + ATTEMPTS + " writes in a row as stale");
    }
}
