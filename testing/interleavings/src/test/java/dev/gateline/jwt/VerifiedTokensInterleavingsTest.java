package dev.gateline.jwt;

import dev.gateline.Activity;
import dev.gateline.AuthListener;
import dev.gateline.Credential;
import dev.gateline.LoginId;
import dev.gateline.Requirement;
import dev.gateline.interleavings.Interleavings;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.BooleanSupplier;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A login ends while requests present its token, which the cache of verified tokens keeps and forgets. Once the
 * revocation has returned, no request is accepted.
 */
@Tag("slow")
@Tag("once")
public class VerifiedTokensInterleavingsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Instant END = NOW.plusSeconds(300);
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String ID = "A".repeat(22);
    private static final String CLAIMS = """
            {"iss":"https://park.example","sub":"ada","aud":"api","iat":%d,"exp":%d,"jti":"token","sid":"%s",\
            "sub_epoch":0}
            """.formatted(NOW.getEpochSecond(), END.getEpochSecond(), ID);
    private static final SigningKey KEY = SigningKey.generate(Algorithm.HS256);
    private static final Credential TOKEN =
            Credential.of(KEY.compact(CLAIMS.strip().getBytes(StandardCharsets.UTF_8)));

    private final RevocationStore revocations = Storage.inMemory(1).revocations();
    private final VerifiedTokens verified = new VerifiedTokens(1 << 20);
    private final JwtVerifier verifier;
    private volatile boolean revoked;
    private volatile boolean acceptedAfterwards;

    /** Starts with a token that this node has accepted. */
    public VerifiedTokensInterleavingsTest() {
        JwtVerifierBuilder builder = JwtVerifier.builder(KeySet.of(KEY.verification()))
                .issuer("https://park.example")
                .audience("api")
                .revocations(revocations);
        verifier = new JwtVerifier(builder, verified, CLOCK, AuthListener.none());
        if (!authenticate()) {
            throw new AssertionError("the token is not good");
        }
    }

    private boolean isAccepted(BooleanSupplier request) {
        boolean after = revoked;
        boolean accepted = request.getAsBoolean();
        if (after && accepted) {
            acceptedAfterwards = true;
        }
        return accepted;
    }

    @Operation
    public boolean authenticate() {
        return isAccepted(() -> verifier.authenticate(TOKEN).toOptional().isPresent());
    }

    /** An event loop asks the memory of this node. The answer depends on the cache, so it is no result. */
    @Operation
    public void tryAuthenticate() {
        boolean unused = isAccepted(() -> verifier.tryAuthenticate(TOKEN, Requirement.none(), Activity.USER)
                .isPresent());
    }

    @Operation
    public void revoke() {
        revocations.revoke(Revocation.ofLogin(new LoginId(ID), END), NOW);
        revoked = true;
    }

    /** The cache is full of other tokens. */
    @Operation
    public void forget() {
        verified.forget(TOKEN);
    }

    @Validate
    public void noneIsAcceptedAfterwards() {
        if (acceptedAfterwards) {
            throw new AssertionError("a request was accepted although the revocation had returned");
        }
    }

    @Test
    void revokedToken_keptOrForgottenMeanwhile_isNeverAccepted() {
        Interleavings.check(
                VerifiedTokensInterleavingsTest.class,
                2,
                "com.github.benmanes.caffeine.",
                "dev.gateline.store.Memory",
                "dev.gateline.jwt.TokenReader");
    }
}
