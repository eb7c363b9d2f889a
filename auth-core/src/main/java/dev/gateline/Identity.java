package dev.gateline;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who presented a credential, as far as it proves. Immutable.
 *
 * @param subject the user, 1 to 255 characters, as the host named them at login
 * @param loginId the login that the credential belongs to
 * @param authenticatedAt when the user last proved who they are; renewal never changes it; {@link Instant#EPOCH} if the
 *     issuer of a token did not say
 * @param issuedAt when the credential was issued
 * @param expiresAt when it stops being accepted, exclusive, unless it is used or renewed before
 * @param methods how the user proved it, RFC 8176 values such as {@code pwd} and {@code otp}
 * @param claims what the host said of the user, as of the last issue
 * @param realm whose login it is: of sessions of one name, or of tokens of one issuer and audience; 1 to 40 visible
 *     ASCII characters, or empty if nobody has said
 * @param epoch in which the login started, by which it is known whether it came before an ending of many; 0 if nobody
 *     has said
 * @param stepUps how many times the login had been stepped up, about, by which it is known whether this was proved
 *     before a step-up: that ends what was proved before; 0 if nobody has said
 * @param issuer who vouches for it, {@code iss} of a token; empty for a session of this service. Two issuers may use
 *     the same subject for different users
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

    /** An identity of which nobody has said where it comes from: for tests of a host. It can't be rechecked. */
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
     * The same, vouched for by an issuer.
     *
     * @param issuer as in {@code iss} of its tokens
     */
    public Identity issuedBy(String issuer) {
        return new Identity(
                subject, loginId, authenticatedAt, issuedAt, expiresAt, methods, claims, realm, epoch, stepUps, issuer);
    }

    /**
     * What the client may do for the user (RFC 6749 section 3.3): the words of the claim {@code scope}, or its array.
     *
     * @return empty if there is none
     */
    public Set<String> scopes() {
        List<String> scopes =
                claims.text("scope").map(words -> List.of(words.split(" ", -1))).orElseGet(() -> claims.texts("scope"));
        return scopes.stream().filter(scope -> !scope.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What the user is here: the array in the claim {@code roles}.
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
