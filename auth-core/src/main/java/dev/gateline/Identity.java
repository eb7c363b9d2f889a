package dev.gateline;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The user who presented a credential, as far as the credential proves it. Immutable.
 *
 * @param subject the user, 1 to 255 characters, as the host named them at login
 * @param loginId the login that the credential belongs to
 * @param authenticatedAt when the user last proved who they are; renewal never changes it; {@link Instant#EPOCH} if the
 *     issuer of a token did not say
 * @param issuedAt when the credential was issued
 * @param expiresAt the instant from which it is not accepted any more, unless it is used or renewed before
 * @param methods how the user proved who they are, RFC 8176 values such as {@code pwd} and {@code otp}
 * @param claims the host's claims about the user, as of the last issue
 * @param realm the realm of the login: sessions of one name, or tokens of one issuer and audience; 1 to 40 visible
 *     ASCII characters, or empty if it is not known
 * @param epoch the epoch in which the login started; it shows whether the login started before an ending of many
 *     logins; 0 if it is not known
 * @param stepUps the approximate number of earlier step-ups of the login; it shows whether the identity is from before
 *     a step-up, which ends earlier identities; 0 if it is not known
 * @param issuer the issuer of the credential, {@code iss} of a token; empty for a session of this service. Two issuers
 *     may use the same subject for different users
 */
public record Identity(
        String subject,
        LoginId loginId,
        Instant authenticatedAt,
        Instant issuedAt,
        Instant expiresAt,
        List<String> methods,
        Claims claims,
        String realm,
        long epoch,
        int stepUps,
        String issuer)
        implements Principal {

    /** Copies the methods. */
    public Identity {
        methods = List.copyOf(methods);
    }

    /** An identity without realm and issuer, for tests of a host. It can't be rechecked. */
    public Identity(
            String subject,
            LoginId loginId,
            Instant authenticatedAt,
            Instant issuedAt,
            Instant expiresAt,
            List<String> methods,
            Claims claims) {
        this(subject, loginId, authenticatedAt, issuedAt, expiresAt, methods, claims, "", 0, 0, "");
    }

    /**
     * Returns this identity with another issuer.
     *
     * @param issuer the issuer, as in {@code iss} of its tokens
     */
    public Identity issuedBy(String issuer) {
        return new Identity(
                subject, loginId, authenticatedAt, issuedAt, expiresAt, methods, claims, realm, epoch, stepUps, issuer);
    }

    /**
     * The scopes that the client has for the user (RFC 6749 section 3.3): the words of the claim {@code scope}, or its
     * array.
     *
     * @return empty if there is none
     */
    public Set<String> scopes() {
        List<String> scopes =
                claims.text("scope").map(words -> List.of(words.split(" ", -1))).orElseGet(() -> claims.texts("scope"));
        return scopes.stream().filter(scope -> !scope.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The roles of the user: the array in the claim {@code roles}.
     *
     * @return empty if there is none; a single text is not an array
     */
    public Set<String> roles() {
        return Set.copyOf(claims.texts("roles"));
    }

    /**
     * Whether the user proved who they are at most {@code age} before {@code now}. A proof at an unknown time is never
     * recent.
     *
     * @param age inclusive
     * @param now the instant of the decision
     */
    public boolean authenticatedWithin(Duration age, Instant now) {
        return !authenticatedAt.equals(Instant.EPOCH)
                && Duration.between(authenticatedAt, now).compareTo(age) <= 0;
    }

    /**
     * Whether the user proved who they are within the last {@code age}, by the system's clock.
     *
     * @param age inclusive
     */
    public boolean authenticatedWithin(Duration age) {
        return authenticatedWithin(age, Instant.now());
    }

    /** The subject. */
    @Override
    public String getName() {
        return subject;
    }
}
