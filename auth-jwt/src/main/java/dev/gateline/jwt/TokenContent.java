package dev.gateline.jwt;

import dev.gateline.Identity;
import java.time.Instant;

/**
 * The content of a token.
 *
 * @param tokensId of the tokens of its login since the same proof
 * @param subject without the prefix
 * @param validFrom the later of {@code nbf} and {@code iat}
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
