package dev.gateline.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gateline.internal.Base64Url;
import dev.gateline.internal.Sha256;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Signs any bytes with a key that is the same in each run, and has a verifier for it. */
final class FixedSigner {
    static final String ISSUER = "https://park.example";
    static final String AUDIENCE = "https://api.park.example";
    static final Instant NOW = Instant.ofEpochSecond(1_767_225_600L);
    static final SecretKey KEY =
            new SecretKeySpec(Sha256.start().digest("of the fuzz targets".getBytes(UTF_8)), "HmacSHA256");

    private static final VerificationKey VERIFICATION = VerificationKey.of(Algorithm.HS256, KEY);

    private FixedSigner() {}

    static JwtVerifier verifier() {
        return JwtVerifier.builder(id -> Optional.of(VERIFICATION))
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .tokensLiveUntilTheyExpire()
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build();
    }

    static String sign(byte[] header, byte[] claims) {
        String signed = Base64Url.encode(header) + "." + Base64Url.encode(claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(KEY);
            return signed + "." + Base64Url.encode(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token that is good, and the same in each run. */
    static String good() {
        return sign(
                "{\"typ\":\"at+jwt\",\"alg\":\"HS256\"}".getBytes(UTF_8),
                ("{\"iss\":\"" + ISSUER + "\",\"sub\":\"ada\",\"aud\":\"" + AUDIENCE
                                + "\",\"iat\":1767225600,\"exp\":1767225900,\"jti\":\"t\",\"sid\":\"l\"}")
                        .getBytes(UTF_8));
    }
}
