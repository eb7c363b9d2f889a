package dev.gateline.engine;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.store.Written;
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
         * @return {@link #again} if somebody else's change came first
         */
        @Nullable
        Outcome<T> take(boolean first);
    }

    /** The result of an attempt before which somebody else's change came: there will be another attempt. */
    static <T> @Nullable Outcome<T> again() {
        return null;
    }

    /** The result of an attempt that has tried to write. */
    static <T> @Nullable Outcome<T> after(Written written, T value) {
        return switch (written) {
            case DONE -> Outcome.accepted(value);
            case STALE -> again();
            case GONE -> Outcome.rejected(Rejection.UNKNOWN);
        };
    }

    /** Takes attempts until one is not overtaken. */
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
