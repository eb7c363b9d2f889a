package dev.gateline.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.servers.Await;
import dev.gateline.servers.PostgresServer;
import dev.gateline.servers.RedisServer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that answers nothing any more, and keeps its connections. */
@Tag("slow")
@Tag("once")
class FrozenStoreTest {

    enum Store {
        REDIS {
            @Override
            dev.gateline.servers.Server start() {
                return RedisServer.start(RedisServer.Version.V7);
            }

            @Override
            List<String> properties(int port) {
                return List.of(
                        "gateline.store=redis",
                        "gateline.redis.uri=redis://127.0.0.1:" + port,
                        "gateline.redis.timeout=500ms");
            }
        },
        POSTGRES {
            @Override
            dev.gateline.servers.Server start() {
                return new PostgresServer();
            }

            @Override
            List<String> properties(int port) {
                return List.of(
                        "gateline.store=jdbc",
                        "gateline.jdbc.create-tables=always",
                        "gateline.jdbc.pool-size=4",
                        "spring.datasource.hikari.connection-timeout=1000",
                        "spring.datasource.url=" + PostgresServer.url(port) + "&connectTimeout=1&socketTimeout=1");
            }
        };

        abstract dev.gateline.servers.Server start();

        abstract List<String> properties(int port);
    }

    private static String[] properties(Store store, int port) {
        Stream<String> common = Stream.of(
                "gateline.origins=https://park.example",
                "gateline.near.max-staleness=1s",
                "management.endpoints.web.exposure.include=health",
                "management.endpoint.health.show-details=always",
                Pages.PUBLIC + ",/actuator/**");
        return Stream.concat(common, store.properties(port).stream()).toArray(String[]::new);
    }

    private static HttpResponse<String> browser(Server application, String session) {
        return Client.send(
                application,
                "GET",
                "/me",
                Map.of("Sec-Fetch-Site", "same-origin", "Cookie", "__Host-Http-id=" + session));
    }

    private static String health(Server application) {
        String whole = Client.send(application, "GET", "/actuator/health", "").body();
        return whole.replaceAll(".*\"gateline\":(\\{\"details\".*?\"status\":\"[A-Z]*\").*", "$1");
    }

    @ParameterizedTest
    @EnumSource
    void storeFrozen_pagesAndHealth_tellOfTheOutageAndComeBack(Store store) throws Exception {
        try (dev.gateline.servers.Server server = store.start();
                Server application = Server.start(Pages.class, properties(store, server.port()))) {
            String session = Client.login(application);
            assertThat(browser(application, session).body()).isEqualTo("ada");
            Await.until("fresh", () -> health(application).contains("\"fresh\":true"));

            server.freeze();
            try {
                Await.until(
                        "the copies are stale",
                        () -> browser(application, session).statusCode() == 503);
                assertThat(browser(application, session).headers().allValues("Set-Cookie"))
                        .isEmpty();
                assertThat(health(application))
                        .contains("\"fresh\":false", "\"store\":\"does not answer\"", "\"status\":\"DOWN\"");
            } finally {
                server.thaw();
            }

            Await.until("fresh again", () -> health(application).contains("\"fresh\":true"));
            assertThat(health(application)).contains("\"status\":\"UP\"");
            assertThat(browser(application, session).body()).isEqualTo("ada");
        }
    }
}
