package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.Timeouts;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.Storage;
import dev.gateline.store.Written;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each bound of a setting on both sides. */
class JwtBoundsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration NANO = Duration.ofNanos(1);
    private static final Duration ABSOLUTE = Duration.ofDays(30);

    private final KeyRing keys =
            KeyRing.builder(Algorithm.HS256).tokensLiveFor(Duration.ofDays(2)).build();

    private void takes(UnaryOperator<JwtAuthenticatorBuilder> setting) {
        try (JwtAuthenticator gate = gate(setting)) {
            Grant grant = gate.login(Login.of("ada"));
            assertThat(gate.authenticate(grant.access()).rejection()).isEmpty();
        }
    }

    private void refuses(UnaryOperator<JwtAuthenticatorBuilder> setting, String what, Duration was) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gate(setting).close())
                .withMessageContaining(what)
                .withMessageContaining(was.toString());
    }

    private JwtAuthenticator gate(UnaryOperator<JwtAuthenticatorBuilder> setting) {
        return setting.apply(JwtAuthenticator.builder(Storage.inMemory(10), keys)
                        .issuer("https://park.example")
                        .audience("park-api")
                        .absoluteTimeout(ABSOLUTE)
                        .idleTimeout(ABSOLUTE))
                .build();
    }

    @Test
    void accessLifetime_fromASecondToADay_isTaken() {
        takes(it -> it.accessLifetime(SECOND).grace(SECOND));
        takes(it -> it.accessLifetime(Duration.ofHours(24)));
        refuses(it -> it.accessLifetime(Duration.ZERO).grace(SECOND), "access lifetime", Duration.ZERO);
        Duration longer = Duration.ofHours(24).plus(SECOND);
        refuses(it -> it.accessLifetime(longer), "access lifetime", longer);
        Duration odd = Duration.ofMinutes(5).plus(NANO);
        refuses(it -> it.accessLifetime(odd), "whole seconds", odd);
    }

    @Test
    void accessLifetime_longerThanKeysAreKept_isRefused() {
        KeyRing short5 = KeyRing.builder(Algorithm.HS256)
                .tokensLiveFor(Duration.ofMinutes(5))
                .build();
        JwtAuthenticatorBuilder builder = JwtAuthenticator.builder(Storage.inMemory(10), short5)
                .issuer("https://park.example")
                .audience("park-api");

        builder.accessLifetime(Duration.ofMinutes(5)).build().close();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.accessLifetime(Duration.ofMinutes(5).plus(SECOND))
                        .build())
                .withMessageContaining("tokens live for");
    }

    @Test
    void idleTimeout_fromASecondMoreThanATokenToTheAbsolute_isTaken() {
        Duration least = Duration.ofMinutes(5).plus(SECOND);
        takes(it -> it.idleTimeout(least));
        takes(it -> it.idleTimeout(ABSOLUTE));
        refuses(it -> it.idleTimeout(least.minus(NANO)), "idle timeout", least.minus(NANO));
        refuses(it -> it.idleTimeout(ABSOLUTE.plus(NANO)), "idle timeout", ABSOLUTE.plus(NANO));
        takes(it -> it.remembered(new Timeouts(least, ABSOLUTE)));
        refuses(it -> it.remembered(new Timeouts(least.minus(NANO), ABSOLUTE)), "idle timeout", least.minus(NANO));
    }

    @Test
    void grace_fromASecondToATokenOrAMinute_isTaken() {
        takes(it -> it.grace(SECOND));
        takes(it -> it.grace(Duration.ofMinutes(1)));
        takes(it -> it.accessLifetime(Duration.ofSeconds(30)).grace(Duration.ofSeconds(30)));
        refuses(it -> it.grace(SECOND.minus(NANO)), "grace", SECOND.minus(NANO));
        refuses(
                it -> it.grace(Duration.ofMinutes(1).plus(NANO)),
                "grace",
                Duration.ofMinutes(1).plus(NANO));
        Duration longer = Duration.ofSeconds(30).plus(NANO);
        refuses(it -> it.accessLifetime(Duration.ofSeconds(30)).grace(longer), "grace", longer);
    }

    private static KeyRingBuilder ring() {
        return KeyRing.builder(Algorithm.HS256);
    }

    private static void refusesRing(KeyRingBuilder ring, String what, Duration was) {
        assertThatIllegalArgumentException()
                .isThrownBy(ring::build)
                .withMessageContaining(what)
                .withMessageContaining(was.toString());
    }

    @Test
    void ring_eachSpanAtItsLeast_isTaken() {
        KeyRing ring = ring().rotateEvery(NANO)
                .publishAhead(Duration.ZERO)
                .tokensLiveFor(SECOND)
                .staleFor(Duration.ofSeconds(30))
                .build();

        assertThat(ring.tokensLiveFor()).isEqualTo(SECOND);
        assertThat(ring.jwksMaxAge()).isEqualTo(Duration.ZERO);
    }

    @Test
    void ring_eachSpanBelowItsLeast_isRefused() {
        refusesRing(ring().publishAhead(NANO.negated()), "publish ahead", NANO.negated());
        Duration day = Duration.ofDays(1);
        refusesRing(ring().rotateEvery(day).publishAhead(day), "publish ahead", day);
        refusesRing(ring().tokensLiveFor(SECOND.minus(NANO)), "tokens live for", SECOND.minus(NANO));
        Duration stale = Duration.ofSeconds(30).minus(NANO);
        refusesRing(ring().staleFor(stale), "stale for", stale);
    }

    /** A pending key reaches everybody who keeps the set for that long before it signs. */
    @Test
    void jwksMaxAge_always_isHalfOfTheTimeAhead() {
        assertThat(ring().build().jwksMaxAge()).isEqualTo(Duration.ofMinutes(30));
        assertThat(ring().publishAhead(Duration.ofHours(5)).build().jwksMaxAge())
                .isEqualTo(Duration.ofMinutes(150));
    }

    @Test
    void ring_storeThatTakesNoWrite_isAnOutageAfterTenTries() {
        AtomicInteger writes = new AtomicInteger();
        MemoryKeyRingStore right = new MemoryKeyRingStore();
        KeyRing ring = ring().store(new KeyRingStore() {
                    @Override
                    public Optional<Document> load() {
                        return right.load();
                    }

                    @Override
                    public Written replace(Document next, long tag) {
                        return writes.getAndIncrement() == 0 ? right.replace(next, tag) : Written.STALE;
                    }
                })
                .build();
        String before = ring.active().verification().id();

        assertThatThrownBy(ring::rotateNow)
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageContaining("10 times");

        assertThat(writes.get()).isEqualTo(11);
        assertThat(ring.active().verification().id()).isEqualTo(before);
    }
}
