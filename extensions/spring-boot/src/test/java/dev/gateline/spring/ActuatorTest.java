package dev.gateline.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.kit.Faults;
import dev.gateline.store.ShardedStorage;
import dev.gateline.store.Storage;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ActuatorTest {
    private static final String ORIGIN = "gateline.origins=https://park.example";
    private static final String EXPOSED = "management.endpoints.web.exposure.include=*";
    private static final String DETAILS = "management.endpoint.health.show-details=always";

    @Test
    void health_storeThatIsGone_isDownAndUpAgain() {
        Faults faults = new Faults();
        Storage storage = faults.around(Storage.inMemory(10));
        try (Server server = Server.start(
                Pages.class,
                context -> context.registerBean(Storage.class, () -> storage),
                ORIGIN,
                EXPOSED,
                DETAILS,
                "gateline.throttle.enabled=false",
                "gateline.public-paths=/actuator/**")) {
            assertThat(health(server)).contains("\"gateline\":{\"details\":{\"store\":\"answers\"},\"status\":\"UP\"}");

            faults.down();
            String gone = health(server);
            faults.none();

            assertThat(gone).contains("\"gateline\":{\"details\":{\"store\":\"does not answer\"},\"status\":\"DOWN\"}");
            assertThat(gone).doesNotContain("BrokenStore", "Exception");
            assertThat(health(server)).contains("\"store\":\"answers\"");
        }
    }

    @Test
    void health_oneShardIsGone_isDownAndSaysWhich() {
        Faults faults = new Faults();
        Storage south = faults.around(Storage.inMemory(10));
        Storage storage = ShardedStorage.of(Map.of("north", Storage.inMemory(10), "south", south));
        try (Server server = Server.start(
                Pages.class,
                context -> context.registerBean(Storage.class, () -> storage),
                ORIGIN,
                EXPOSED,
                DETAILS,
                "gateline.throttle.enabled=false",
                "gateline.public-paths=/actuator/**")) {
            String up = "{\"north\":{\"store\":\"answers\"},\"south\":{\"store\":\"answers\"}}";
            assertThat(health(server)).contains(up);

            faults.down();
            String gone = health(server);
            faults.none();

            assertThat(gone)
                    .contains("{\"north\":{\"store\":\"answers\"},\"south\":{\"store\":\"does not answer\"}}")
                    .contains("\"status\":\"DOWN\"");
            assertThat(health(server)).contains(up);
        }
    }

    @Test
    void health_copiesOfASharedStore_saysHowFreshTheyAre() {
        try (Server server = Server.start(
                Pages.class,
                ORIGIN,
                EXPOSED,
                DETAILS,
                "gateline.public-paths=/actuator/**",
                "gateline.store=jdbc",
                "spring.datasource.url=jdbc:h2:mem:health")) {
            dev.gateline.servers.Await.until("fresh", () -> health(server).contains("\"fresh\":true"));

            assertThat(health(server)).contains("\"revocations\":0", "\"clockOffset\":", "\"copies\":0");
        }
    }

    private static String health(Server server) {
        return Client.send(server, "GET", "/actuator/health", "").body();
    }

    @Test
    void endpoint_byDefault_isNotThere() {
        try (Server server = Server.start(Pages.class, ORIGIN, EXPOSED, Pages.PUBLIC + ",/actuator/**")) {
            assertThat(Client.send(server, "GET", "/actuator/logins/ada", "").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void endpoint_wanted_listsAndEnds() {
        try (Server server = Server.start(
                Pages.class,
                ORIGIN,
                EXPOSED,
                Pages.PUBLIC + ",/actuator/**",
                "management.endpoint.logins.access=unrestricted")) {
            String first = Client.login(server);
            String second = Client.login(server);
            String third = Client.login(server);
            String listed =
                    Client.send(server, "GET", "/actuator/logins/ada", "").body();
            assertThat(listed.split("\"id\"", -1)).hasSize(4);
            assertThat(listed).doesNotContain(first, second, third);

            String id = first.substring(first.indexOf('_') + 1, first.indexOf('.'));
            assertThat(Client.send(server, "DELETE", "/actuator/logins/bob/" + id, "")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(Client.send(server, "DELETE", "/actuator/logins/ada/" + id, "")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(Client.send(server, "GET", "/me", first).statusCode()).isEqualTo(401);
            assertThat(Client.send(server, "GET", "/me", second).statusCode()).isEqualTo(200);

            assertThat(Client.send(server, "DELETE", "/actuator/logins/ada", "").statusCode())
                    .isEqualTo(204);
            assertThat(Client.send(server, "GET", "/me", second).statusCode()).isEqualTo(401);
        }
    }
}
