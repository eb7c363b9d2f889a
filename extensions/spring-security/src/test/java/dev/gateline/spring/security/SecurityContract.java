package dev.gateline.spring.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.http.HttpAuth;
import dev.gateline.kit.HttpAdapterContract;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract through Spring Security, on the Tomcat that Spring Boot embeds. */
abstract class SecurityContract extends HttpAdapterContract {
    private Optional<Server> server = Optional.empty();

    @Override
    protected URI serve(HttpAuth auth) {
        server = Optional.of(Server.start(Pages.class, context -> context.registerBean(HttpAuth.class, () -> auth)));
        return server.get().address();
    }

    @Override
    protected void stop() {
        server.ifPresent(Server::close);
    }

    @Test
    void async_dispatch_knowsTheUser() {
        String token = server.orElseThrow()
                .send("POST", "/login", "")
                .body()
                .replaceAll(".*\"access_token\":\"([^\"]*)\".*", "$1");

        assertThat(server.get()
                        .send("GET", "/async", "", "Authorization", "Bearer " + token)
                        .body())
                .isEqualTo("later, ada");
        assertThat(server.get().send("GET", "/async", "").statusCode()).isEqualTo(401);
    }
}
