package dev.gateline.jwt;

import dev.gateline.Identity;
import java.util.Set;

/**
 * The claims that a verifier expects.
 *
 * @param issuer exactly as in {@code iss}
 * @param audiences one of which has to be named
 * @param realm of the revocations
 * @param subjectPrefix what subjects begin with in an identity
 */
record ExpectedClaims(
        String issuer, Set<String> audiences, String realm, String subjectPrefix, AccessTokenProfile profile) {

    /** Whether a token that was read here says who this is. */
    boolean names(Identity identity) {
        return identity.realm().equals(realm) && identity.subject().startsWith(subjectPrefix);
    }
}
