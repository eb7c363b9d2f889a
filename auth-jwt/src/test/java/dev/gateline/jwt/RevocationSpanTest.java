package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.Rejection;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An ending is remembered for as long as any verifier accepts the token: the verifier's clock may be a minute behind,
 * and its settings may allow for a minute of skew.
 */
class RevocationSpanTest {
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong days = new AtomicLong();
    private final MutableClock clock = new MutableClock();
    private final MutableClock behind = new MutableClock(clock.instant().minus(MINUTE));
    private final KeyRing keys = KeyRing.generate(Algorithm.HS256);
    private final Storage storage = Storage.inMemory(1000, () -> TimeUnit.DAYS.toNanos(days.incrementAndGet()));
    private final JwtAuthenticator gate = JwtAuthenticator.builder(storage, keys)
            .issuer(Forge.ISSUER)
            .audience(Forge.AUDIENCE)
            .accessLifetime(LIFETIME)
            .clock(clock)
            .build();
    private final JwtVerifier verifier = JwtVerifier.builder(keys)
            .issuer(Forge.ISSUER)
            .audience(Forge.AUDIENCE)
            .revocations(storage.revocations())
            .clockSkew(MINUTE)
            .clock(behind)
            .build();

    static List<BiConsumer<JwtAuthenticator, Grant>> endings() {
        return List.of(
                (gate, grant) -> gate.logout(grant.access()),
                (gate, grant) -> gate.logout(grant.renewal()),
                (gate, grant) -> gate.logins().end(grant.loginId()),
                (gate, grant) -> gate.logins().endAll("ada"),
                (gate, grant) -> gate.revokeToken(grant.access()));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void ending_verifierThatIsLateAndPatient_rejectsTheTokenToItsEnd(BiConsumer<JwtAuthenticator, Grant> ending) {
        Grant ended = gate.login(Login.of("ada"));
        Grant live = gate.login(Login.of("grace"));
        ending.accept(gate, ended);

        Instant last = ended.accessExpiresAt().plus(MINUTE).plus(MINUTE).minusMillis(1);
        clock.set(last);
        behind.set(last.minus(MINUTE));
        for (int i = 0; i < 8; i++) {
            gate.logout(gate.login(Login.of("someone")).access());
        }

        assertThat(verifier.authenticate(live.access()).rejection()).isEmpty();
        assertThat(verifier.authenticate(ended.access()).rejection()).contains(Rejection.REVOKED);
    }
}
