package dev.gateline.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Logins;
import dev.gateline.servers.Await;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two instances of an application over one store, which is wired by properties alone. */
abstract class SharedStoreContract {

    /** The properties of the store. */
    abstract Stream<String> store();

    final Server start(Strategy strategy, String... more) {
        Stream<String> others = Stream.of(
                "gateline.origins=https://park.example",
                "gateline.strategy=" + strategy,
                "gateline.jwt.issuer=https://park.example",
                "gateline.jwt.audience=park",
                Pages.PUBLIC);
        return Server.start(
                Pages.class,
                Stream.of(others, store(), Stream.of(more)).flatMap(it -> it).toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void login_onOneInstance_isKnownAndEndsOnTheOther(Strategy strategy) {
        try (Server one = start(strategy);
                Server other = start(strategy)) {
            String token = Client.login(one);
            assertThat(Client.send(other, "GET", "/me", token).body()).isEqualTo("ada");

            one.bean(Logins.class).endAll("ada");

            Await.until(
                    "ended on the other instance",
                    () -> Client.send(other, "GET", "/me", token).statusCode() == 401);
            assertThat(Client.send(one, "GET", "/me", token).statusCode()).isEqualTo(401);
        }
    }
}
