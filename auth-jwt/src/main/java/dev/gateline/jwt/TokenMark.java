package dev.gateline.jwt;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mark that distinguishes an issuer's access tokens from its ID tokens if {@code typ} does not: a claim with a
 * certain value or with any. Immutable.
 *
 * @param names the names of claims, of which one is enough
 * @param value the value that the claim must have; null if any value except null is good
 */
record TokenMark(List<String> names, @Nullable String value) {
    /**
     * The claims that ID tokens may have with any value, so that they distinguish nothing: OpenID Connect Core,
     * sections 2, 3.1.3.6 and 5.1, RFC 7519 section 4.1, and the claims of Microsoft Entra ID.
     */
    private static final Set<String> IN_ID_TOKENS = Set.of(
            "iss",
            "sub",
            "aud",
            "exp",
            "iat",
            "auth_time",
            "nonce",
            "acr",
            "amr",
            "azp",
            "at_hash",
            "c_hash",
            "s_hash",
            "sid",
            "jti",
            "nbf",
            "name",
            "given_name",
            "family_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "email",
            "email_verified",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "phone_number",
            "phone_number_verified",
            "address",
            "updated_at",
            "ver",
            "roles",
            "groups");

    boolean isIn(Map<String, @Nullable Object> claims) {
        return names.stream().map(claims::get).anyMatch(found -> value == null ? found != null : value.equals(found));
    }

    /** Whether an ID token that follows the standard can't have it by chance. */
    boolean tellsApart() {
        return names.stream().noneMatch(IN_ID_TOKENS::contains);
    }

    /** The rule in words, for an event. */
    String rule() {
        String names = String.join(" or ", this.names);
        return names + ": this issuer's access tokens have "
                + (value == null ? "it" : "\"" + Objects.requireNonNull(value) + "\" in it");
    }
}
