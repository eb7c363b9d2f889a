package dev.gateline.jwt;

import dev.gateline.Outcome;
import dev.gateline.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells the access tokens of an issuer from its ID tokens and others. Immutable.
 *
 * @param types the permitted values of {@code typ}, by {@link JoseHeader#mediaType}
 * @param ignoresCertificateHints whether the header may name a certificate, which is not looked up
 * @param required the marks that access tokens have
 * @param refused the claims that access tokens do not have
 */
record TokenKind(
        Set<String> types,
        boolean typeMayBeMissing,
        boolean ignoresCertificateHints,
        List<TokenMark> required,
        Set<String> refused) {
    /** The type of RFC 9068. */
    static final String ACCESS_TOKEN = "at+jwt";

    /** Judges a header. The caller asks once for each new header. */
    Outcome<JoseHeader> check(JoseHeader header) {
        if (header.hasCertificateHint() && !ignoresCertificateHints) {
            return Outcome.rejected(Rejection.MALFORMED, "x5t: is not in the header of this issuer's tokens");
        }
        boolean fits = header.type().map(types::contains).orElse(typeMayBeMissing);
        return fits
                ? Outcome.accepted(header)
                : Outcome.rejected(Rejection.WRONG_TYPE, "typ: this issuer's access tokens have " + expectedTypes());
    }

    private String expectedTypes() {
        return String.join(" or ", new TreeSet<>(types)) + (typeMayBeMissing ? " or none" : "");
    }

    /** The rule that shows that claims belong to no access token; empty if there is none. */
    Optional<String> wrongKind(Map<String, @Nullable Object> claims) {
        for (TokenMark mark : required) {
            if (!mark.isIn(claims)) {
                return Optional.of(mark.rule());
            }
        }
        for (String name : refused) {
            if (claims.containsKey(name)) {
                return Optional.of(name + ": this issuer's access tokens have none");
            }
        }
        return Optional.empty();
    }
}
