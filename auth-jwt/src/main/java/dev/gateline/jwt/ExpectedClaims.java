package dev.gateline.jwt;

import dev.gateline.Identity;
import java.util.Set;

/**
 * The claims that a verifier expects. Immutable.
 *
 * @param issuer the issuer, exactly as in {@code iss}
 * @param audiences the permitted audiences, of which a token has to name one
 * @param realm the realm of the revocations
 * @param subjectPrefix the beginning of each subject in an identity
 */
record ExpectedClaims(
        String issuer, Set<String> audiences, String realm, String subjectPrefix, AccessTokenProfile profile) {

    /** Whether a token that was read here can have given this identity. */
    boolean names(Identity identity) {
        return identity.realm().equals(realm) && identity.subject().startsWith(subjectPrefix);
    }
}
