package dev.gateline.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Authenticator;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.LoginInfo;
import dev.gateline.LoginLimit;
import dev.gateline.LoginRefusedException;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Written;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes whose clock is off, beside one whose clock is right. The server's clock is that of the right one. */
class RedisClockTest {
    private static final Duration IDLE = Duration.ofMinutes(30);

    /** Where the stores are. */
    enum Place {
        V7,
        V6,
        CLUSTER;

        SharedStorage storage() {
            String prefix = TestStorage.freshPrefix();
            return this == CLUSTER ? TestStorage.onCluster(prefix) : TestStorage.on(Version.valueOf(name()), prefix);
        }
    }

    /** Longer than a login may go unused, and longer than everything. */
    static Stream<Arguments> placesAndErrors() {
        return Stream.of(Place.values())
                .flatMap(place -> Stream.of(Duration.ofMinutes(40), Duration.ofDays(100))
                        .map(error -> Arguments.of(place, error)));
    }

    private static Authenticator gate(SharedStorage storage, Duration error, LoginLimit limit) {
        return SessionAuthenticator.builder(storage)
                .clock(Clock.offset(Clock.systemUTC(), error))
                .idleTimeout(IDLE)
                .limit(limit)
                .build();
    }

    @ParameterizedTest
    @MethodSource("placesAndErrors")
    void insert_clockOfTheNodeIsAhead_deletesNoLoginOfOthers(Place place, Duration error) {
        SharedStorage storage = place.storage();
        Authenticator right = gate(storage, Duration.ZERO, LoginLimit.none());
        List<Grant> live =
                Stream.generate(() -> right.login(Login.of("ada"))).limit(5).toList();
        Authenticator ahead = gate(storage, error, LoginLimit.refusingBeyond(6));

        for (int i = 0; i < 10; i++) {
            tryToLogIn(ahead);
        }

        assertThat(live)
                .allSatisfy(
                        grant -> assertThat(right.authenticate(grant.access()).rejection())
                                .isEmpty());
        assertThat(right.logins().of("ada"))
                .extracting(LoginInfo::id)
                .containsAll(live.stream().map(Grant::loginId).toList());
    }

    private static void tryToLogIn(Authenticator gate) {
        try {
            var unused = gate.login(Login.of("ada"));
        } catch (LoginRefusedException | AuthUnavailableException e) {
            // at the limit; in a cluster a login of others takes its place until it has expired by the server's clock
        }
    }

    @ParameterizedTest
    @MethodSource("placesAndErrors")
    void touch_clockOfTheNodeIsAhead_keepsTheRow(Place place, Duration error) {
        SharedStorage storage = place.storage();
        Authenticator right = gate(storage, Duration.ZERO, LoginLimit.none());
        Grant live = right.login(Login.of("ada"));
        LoginStore logins = storage.logins();
        LoginRow row = logins.find(live.loginId()).orElseThrow();

        assertThat(logins.touch(row.id(), Instant.now().plus(error))).isEqualTo(Written.DONE);

        assertThat(logins.find(row.id())).isPresent();
        assertThat(right.authenticate(live.access()).rejection()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("placesAndErrors")
    void revoke_clockOfTheNodeIsAhead_forgetsNothingThatIsLive(Place place, Duration error) {
        RevocationStore revocations = place.storage().revocations();
        Instant now = Instant.now();
        Instant until = now.plus(Duration.ofMinutes(7));
        for (int i = 0; i < 20; i++) {
            revocations.revoke(Revocation.ofToken("t" + i, until), now);
            revocations.raiseEpoch("gs_ " + i, 0, now, until);
        }

        Instant ahead = now.plus(error);
        for (int i = 0; i < 20; i++) {
            revocations.revoke(Revocation.ofToken("ahead" + i, ahead.plusSeconds(60)), ahead);
            revocations.raiseEpoch("gs_ ahead" + i, 0, ahead, ahead.plusSeconds(60));
        }

        for (int i = 0; i < 20; i++) {
            assertThat(revocations.isRevoked(new Revocable("gs_", "t" + i, "l", "x", Long.MAX_VALUE)))
                    .isTrue();
            assertThat(revocations.isRevoked(new Revocable("gs_", "", "l", "" + i, 1)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("placesAndErrors")
    void forEachLive_clockOfTheNodeIsAhead_missesNothingThatIsLive(Place place, Duration error) {
        RevocationStore revocations = place.storage().revocations();
        Instant now = Instant.now();
        Revocation token = Revocation.ofToken("t", now.plus(Duration.ofMinutes(7)));
        revocations.revoke(token, now);
        long epoch = revocations.raiseEpoch("gs_ ada", 0, now, token.until());

        List<Revocation> live = new ArrayList<>();
        revocations.forEachLive(now.plus(error), live::add);

        assertThat(live)
                .extracting(Revocation::key, Revocation::epoch)
                .contains(tuple("t", 0L), tuple("gs_ ada", epoch));
    }

    @ParameterizedTest
    @EnumSource
    void insert_clockOfTheNodeIsBehind_takesNoPlaceOnceItHasExpired(Place place) {
        SharedStorage storage = place.storage();
        Authenticator behind = gate(storage, Duration.ofDays(-100), LoginLimit.none());
        Grant old = behind.login(Login.of("ada"));

        assertThat(storage.logins().find(old.loginId())).isPresent();
        Authenticator right = gate(storage, Duration.ZERO, LoginLimit.refusingBeyond(1));
        assertThat(right.login(Login.of("ada")).loginId()).isNotEqualTo(old.loginId());
    }
}
