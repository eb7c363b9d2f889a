package dev.gateline.jwt;

import dev.gateline.Identity;
import java.time.Instant;

/**
 * The content of a token whose claims are good. Immutable.
 *
 * @param tokensId the key of the tokens of the login with the same proof
 * @param subject the subject without the prefix
 * @param validFrom the later one of {@code nbf} and {@code iat}
 */
record TokenContent(
        Identity identity,
        String tokenId,
        String tokensId,
        String subject,
        Instant validFrom,
        long epoch,
        int generation,
        boolean issuedInBackground) {}
