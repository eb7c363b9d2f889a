package dev.gateline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.AnyOf;
import dev.gateline.AuthEvent;
import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both strategies behind one {@link AnyOf}. */
class BothStrategiesTest {
    private final List<AuthEvent> events = new ArrayList<>();
    private final Storage storage = Storage.inMemory(10);
    private final Authenticator sessions =
            SessionAuthenticator.builder(storage).listener(events::add).build();
    private final Authenticator tokens = JwtAuthenticator.builder(storage, KeyRing.generate(Algorithm.HS256))
            .issuer("https://i")
            .audience("a")
            .listener(events::add)
            .build();

    private static List<Function<Authenticator, Outcome<?>>> all(Credential credential) {
        return List.of(
                gate -> gate.authenticate(credential),
                gate -> gate.renew(credential),
                gate -> gate.refresh(credential),
                gate -> gate.reauthenticate(credential, Login.of("ada")),
                gate -> gate.logout(credential));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gx_ok", "g", "null", "gs_", "ey", "gr_.", "gs_a.b"})
    void all_whatNobodyReads_areOneEventEach(String text) {
        for (Authenticator gate : List.of(AnyOf.of(sessions, tokens), AnyOf.of(tokens, sessions))) {
            for (Function<Authenticator, Outcome<?>> call : all(Credential.of(text))) {
                events.clear();
                assertThat(call.apply(gate).rejection()).contains(Rejection.MALFORMED);
                assertThat(events)
                        .singleElement()
                        .isInstanceOfSatisfying(
                                AuthEvent.Rejected.class,
                                event -> assertThat(event.reason()).isEqualTo(Rejection.MALFORMED));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gs_", "gx_", "ey", "gr_", ""})
    void all_tooLong_areOneEventEach(String prefix) {
        for (Authenticator gate : List.of(AnyOf.of(sessions, tokens), AnyOf.of(tokens, sessions))) {
            for (Function<Authenticator, Outcome<?>> call : all(Credential.of(prefix + "x".repeat(8_193)))) {
                events.clear();
                assertThat(call.apply(gate).rejection()).contains(Rejection.TOO_LARGE);
                assertThat(events).singleElement().isInstanceOf(AuthEvent.Rejected.class);
            }
        }
    }
}
