package dev.gateline;

import dev.gateline.Outcome.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on an identity, besides being live, before a sensitive operation. Immutable: each method returns a
 * requirement with one more condition.
 */
public final class Requirement {
    private static final Requirement NONE = new Requirement(null, List.of(), false);

    private final @Nullable Duration maxAge;
    private final List<String> methods;
    private final boolean authoritative;

    private Requirement(@Nullable Duration maxAge, List<String> methods, boolean authoritative) {
        this.maxAge = maxAge;
        this.methods = methods;
        this.authoritative = authoritative;
    }

    /** No further condition: a live login is enough. */
    public static Requirement none() {
        return NONE;
    }

    /**
     * The user must have proved who they are within this time.
     *
     * @param age more than zero; inclusive
     */
    public Requirement authenticatedWithin(Duration age) {
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("age: more than zero, was " + age);
        }
        Duration shorter = maxAge != null && maxAge.compareTo(age) < 0 ? maxAge : age;
        return new Requirement(shorter, methods, authoritative);
    }

    /**
     * The user must have proved who they are by all of these methods.
     *
     * @param all RFC 8176 values
     */
    public Requirement methods(String... all) {
        List<String> both =
                Stream.concat(methods.stream(), Stream.of(all)).distinct().toList();
        return new Requirement(maxAge, both, authoritative);
    }

    /** The store must be asked, even if this node has a fresh copy. It costs a network trip with a remote store. */
    public Requirement authoritative() {
        return new Requirement(maxAge, methods, true);
    }

    /** Whether the store must be asked. */
    public boolean isAuthoritative() {
        return authoritative;
    }

    /** How recent the proof must be; empty if any age is enough. */
    public Optional<Duration> maxAge() {
        return Optional.ofNullable(maxAge);
    }

    /**
     * Checks an identity that was accepted a moment ago.
     *
     * @param identity live
     * @param now the instant of the decision
     * @return the identity, or {@link Rejection#INSUFFICIENT}
     * @throws IllegalArgumentException if the requirement is {@link #authoritative()}, which only an authenticator can
     *     meet
     */
    public Outcome<Identity> check(Identity identity, Instant now) {
        if (authoritative) {
            throw new IllegalArgumentException(
                    "only the store can give an authoritative answer: pass this requirement to authenticate");
        }
        return checkProof(Outcome.accepted(identity), now);
    }

    /**
     * Checks the age and the methods of the proof. It is for a {@link Verifier}, which asks the store itself if the
     * requirement is {@link #authoritative()}.
     *
     * @param outcome the outcome of the verifier's other checks
     * @param now the instant of the decision
     * @return the outcome, or {@link Rejection#INSUFFICIENT}
     */
    public Outcome<Identity> checkProof(Outcome<Identity> outcome, Instant now) {
        return outcome instanceof Accepted<Identity> accepted && !isMetBy(accepted.value(), now)
                ? Outcome.rejected(Rejection.INSUFFICIENT)
                : outcome;
    }

    private boolean isMetBy(Identity identity, Instant now) {
        boolean fresh = maxAge == null || identity.authenticatedWithin(maxAge, now);
        return fresh && (methods.isEmpty() || identity.methods().containsAll(methods));
    }
}
