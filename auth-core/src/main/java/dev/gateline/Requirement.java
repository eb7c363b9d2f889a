package dev.gateline;

import dev.gateline.Outcome.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an identity must satisfy besides being live, before something sensitive. Immutable; each method adds to it.
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

    /** Live is enough. */
    public static Requirement none() {
        return NONE;
    }

    /**
     * The user must have proved who they are this recently.
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
     * The user must have proved it in these ways, among others.
     *
     * @param all RFC 8176 values, all of them needed
     */
    public Requirement methods(String... all) {
        List<String> both =
                Stream.concat(methods.stream(), Stream.of(all)).distinct().toList();
        return new Requirement(maxAge, both, authoritative);
    }

    /** The store must be asked, however fresh what this node remembers is. Costs a network trip with a remote store. */
    public Requirement authoritative() {
        return new Requirement(maxAge, methods, true);
    }

    /** Whether the store must be asked. */
    public boolean isAuthoritative() {
        return authoritative;
    }

    /** How recent the proof must be; empty if any age will do. */
    public Optional<Duration> maxAge() {
        return Optional.ofNullable(maxAge);
    }

    /**
     * Judges an identity again that was accepted a moment ago.
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
                    "an authoritative answer is the store's: pass this requirement to authenticate");
        }
        return checkProof(Outcome.accepted(identity), now);
    }

    /**
     * Judges freshness and methods. For a {@link Verifier}, which asks the store itself where the requirement is {@link
     * #authoritative()}.
     *
     * @param outcome of all else that the verifier has checked
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
