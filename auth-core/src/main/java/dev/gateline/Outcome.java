package dev.gateline;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a question about a credential: {@link Accepted} with a value, or {@link Rejected} with the reason. An
 * outage is neither; it is an {@link AuthUnavailableException}. Immutable.
 *
 * @param <T> the type of the accepted value
 */
public sealed interface Outcome<T> {

    /**
     * The credential proved the answer.
     *
     * @param value the proved value
     */
    record Accepted<T>(T value) implements Outcome<T> {}

    /**
     * The credential was rejected. Rejections for the same reason are equal, even if their details differ.
     *
     * @param reason the reason; for the log, not for the client
     * @param detail the part of the credential and the rule that it broke, in Gateline's own words and without a value
     *     of the credential; empty if the reason is enough
     */
    record Rejected<T>(Rejection reason, String detail) implements Outcome<T> {

        /** A rejection without further detail. */
        public Rejected(Rejection reason) {
            this(reason, "");
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Rejected<?> that && reason == that.reason;
        }

        @Override
        public int hashCode() {
            return reason.hashCode();
        }
    }

    /**
     * An acceptance.
     *
     * @param value the proved value
     */
    static <T> Outcome<T> accepted(T value) {
        return new Accepted<>(value);
    }

    /**
     * A rejection.
     *
     * @param reason why
     */
    static <T> Outcome<T> rejected(Rejection reason) {
        return new Rejected<>(reason);
    }

    /**
     * A rejection with a detail.
     *
     * @param reason why
     * @param detail as in {@link Rejected#detail}
     */
    static <T> Outcome<T> rejected(Rejection reason, String detail) {
        return new Rejected<>(reason, detail);
    }

    /**
     * Handles both cases, for Java 17, whose {@code switch} can't be exhaustive over sealed types.
     *
     * @param ifAccepted applied to the value
     * @param ifRejected applied to the reason
     * @return the result of the function that was applied
     */
    default <R> R fold(Function<? super T, ? extends R> ifAccepted, Function<Rejection, ? extends R> ifRejected) {
        if (this instanceof Accepted<T> accepted) {
            return ifAccepted.apply(accepted.value());
        }
        return ifRejected.apply(((Rejected<T>) this).reason());
    }

    /**
     * Derives another value from an accepted one, and keeps a rejection.
     *
     * @param function applied to the value of an acceptance
     */
    default <R> Outcome<R> map(Function<? super T, ? extends R> function) {
        return then(value -> accepted(function.apply(value)));
    }

    /**
     * Asks a further question of an accepted value.
     *
     * @param next applied to the value of an acceptance
     * @return its answer, or this rejection
     */
    @SuppressWarnings("unchecked") // a rejection holds no value
    default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
        return this instanceof Accepted<T> accepted ? next.apply(accepted.value()) : (Outcome<R>) this;
    }

    /**
     * The value of an acceptance.
     *
     * @return empty for a rejection
     */
    default Optional<T> toOptional() {
        return fold(Optional::of, reason -> Optional.empty());
    }

    /**
     * The reason of a rejection.
     *
     * @return empty for an acceptance
     */
    default Optional<Rejection> rejection() {
        return fold(value -> Optional.empty(), Optional::of);
    }
}
