package dev.gateline.jwt;

import dev.gateline.Credential;
import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.fuzz.Check;
import dev.gateline.fuzz.Input;
import java.util.Set;

/** A token that nobody has signed. Only a good token is accepted, and in no other encoding. */
public final class UnsignedTokenFuzz {
    private static final String GOOD = FixedSigner.good();
    private static final JwtVerifier VERIFIER = FixedSigner.verifier();
    private static final Set<Rejection> BEFORE_THE_CLAIMS =
            Set.of(Rejection.MALFORMED, Rejection.TOO_LARGE, Rejection.WRONG_TYPE, Rejection.BAD_SIGNATURE);

    private UnsignedTokenFuzz() {}

    /** One input: the credential. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new Input(input).header();
        Credential credential = Credential.of(text);
        Outcome<Identity> outcome = VERIFIER.authenticate(credential);
        Check.same(outcome.toOptional().isPresent(), text.equals(GOOD), "accepted");
        if (outcome instanceof Outcome.Rejected<?> rejected) {
            Check.that(
                    BEFORE_THE_CLAIMS.contains(rejected.reason()),
                    "a rejection before the claims are read: " + rejected);
        }
        boolean hasIssuer = CompactJws.unprovenIssuer(credential).toOptional().isPresent();
        boolean hasClaims = CompactJws.unprovenClaims(credential).toOptional().isPresent();
        Check.that(hasClaims || !hasIssuer, "an issuer is a claim");
    }
}
