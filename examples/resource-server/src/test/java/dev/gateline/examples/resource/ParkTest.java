package dev.gateline.examples.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The API, with tokens of two local providers: in the shape of RFC 9068, and in that of Keycloak. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParkTest {
    private final Clock clock = Clock.fixed(Instant.now(), ZoneOffset.UTC);
    private final HttpClient client = HttpClient.newHttpClient();
    private final LocalProvider provider = LocalProvider.start(0);
    private final KeycloakTokens keycloak = KeycloakTokens.start();
    private final HttpServer park = Park.start(0, LocalProvider.issuer(provider.server()), "rfc9068", clock);
    private final HttpServer parkOfKeycloak = Park.start(0, LocalProvider.issuer(keycloak.server()), "keycloak", clock);

    ParkTest() throws IOException {}

    @AfterAll
    void stop() {
        park.stop(0);
        parkOfKeycloak.stop(0);
        provider.server().stop(0);
        keycloak.server().stop(0);
    }

    private HttpResponse<String> get(HttpServer server, String path, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(60))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void me_accessToken_isServedWithRolesAndScopes() throws Exception {
        assertThat(get(park, "/me", provider.token("park-api")).body())
                .startsWith("hello ada, roles [keeper]")
                .contains("rides:write");
        assertThat(get(park, "/rides", provider.token("park-api")).body()).isEqualTo("a ride for ada\n");
    }

    @Test
    void me_accessTokenOfKeycloak_isServedUnderItsProfileOnly() throws Exception {
        String token = keycloak.accessToken(clock.instant());

        assertThat(get(parkOfKeycloak, "/me", token).body())
                .startsWith("hello f1c4f64e-2c0c-4cda, roles [keeper]")
                .contains("rides:write");
        assertThat(get(park, "/me", token).statusCode()).isEqualTo(401);
    }

    @Test
    void me_idToken_is401() throws Exception {
        assertThat(get(parkOfKeycloak, "/me", keycloak.idToken(clock.instant())).statusCode())
                .isEqualTo(401);
    }

    @Test
    void me_tokenForAnotherApi_is401() throws Exception {
        HttpResponse<String> response = get(park, "/me", provider.token("another-api"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
    }

    @Test
    void me_tokenOfFiveMinutes_isServedForSoLong() throws Exception {
        String fresh = keycloak.accessToken(clock.instant().minus(Duration.ofMinutes(4)));
        String expired = keycloak.accessToken(clock.instant().minus(Duration.ofMinutes(5)));

        assertThat(get(parkOfKeycloak, "/me", fresh).statusCode()).isEqualTo(200);
        assertThat(get(parkOfKeycloak, "/me", expired).statusCode()).isEqualTo(401);
    }

    @Test
    void home_stranger_isServed() throws Exception {
        assertThat(get(park, "/", "nonsense").body()).isEqualTo("hello stranger\n");
    }
}
