package dev.gateline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Authenticator;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.kit.MutableClock;
import dev.gateline.near.NearStorage;
import dev.gateline.near.NearStorageBuilder;
import dev.gateline.servers.Await;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes with copies in memory. */
class JdbcNearTest {
    private final MutableClock clock = new MutableClock();

    private SessionAuthenticator gate(Storage storage) {
        return SessionAuthenticator.builder(storage).clock(clock).build();
    }

    @ParameterizedTest
    @EnumSource
    void logout_onOneNode_isSeenOnTheOther(TestDatabase database) {
        database.place().empty();
        try (NearStorage here = NearStorage.over(database.place().storage());
                NearStorage there = NearStorage.over(database.place().storage())) {
            SessionAuthenticator gateHere = gate(here);
            SessionAuthenticator gateThere = gate(there);
            for (int i = 0; i < 20; i++) {
                Grant grant = gateHere.login(Login.of("ada"));
                assertThat(gateThere.authenticate(grant.access()).rejection()).isEmpty();

                gateHere.logout(grant.access());

                long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
                while (gateThere.authenticate(grant.access()).rejection().isEmpty()) {
                    assertThat(System.nanoTime())
                            .as("the other node hears of it")
                            .isLessThan(deadline);
                }
            }
        }
    }

    @Test
    void authenticate_noConnectionToBeHad_goesOnForLoginsInUse() {
        TestDatabase.H2.place().empty();
        SwitchedSource source = new SwitchedSource(TestDatabase.H2.place().pool());
        KeyRing keys = KeyRing.generate(Algorithm.HS256);
        try (NearStorage storage = NearStorage.over(JdbcStorage.of(source.source()))) {
            SessionAuthenticator sessions = gate(storage);
            Authenticator tokens = JwtAuthenticator.builder(storage, keys)
                    .issuer("https://park.example")
                    .audience("park-api")
                    .clock(clock)
                    .build();
            Grant session = sessions.login(Login.of("ada"));
            Grant token = tokens.login(Login.of("ada"));

            Await.until("both are accepted without", () -> {
                source.on();
                Await.until(
                        "fresh, with a copy of the session",
                        () -> storage.health().fresh() && isAccepted(sessions, session));
                source.off();
                return isAccepted(sessions, session) && isAccepted(tokens, token);
            });
        }
    }

    private static boolean isAccepted(Authenticator gate, Grant grant) {
        try {
            return gate.authenticate(grant.access()).toOptional().isPresent();
        } catch (AuthUnavailableException e) {
            return false;
        }
    }

    @Test
    void build_maxStalenessThatThePollIntervalCantMeet_isRefused() {
        NearStorageBuilder tooSlow = shortest(Duration.ofMillis(501));

        assertThatIllegalArgumentException()
                .isThrownBy(tooSlow::build)
                .withMessageContaining("PT0.501S")
                .withMessageContaining("PT1S")
                .withMessageContaining("pollInterval");
        shortest(Duration.ofMillis(500)).build().close();
        NearStorage.builder(TestDatabase.POSTGRESQL.place().storage())
                .maxStaleness(Duration.ofSeconds(1))
                .build()
                .close();
    }

    private static NearStorageBuilder shortest(Duration interval) {
        JdbcStorage storage = JdbcStorage.builder(TestDatabase.H2.place().pool())
                .pollInterval(interval)
                .build();
        return NearStorage.builder(storage).maxStaleness(Duration.ofSeconds(1));
    }
}
