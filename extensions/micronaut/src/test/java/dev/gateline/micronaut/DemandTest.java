package dev.gateline.micronaut;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.http.BearerCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemandTest {

    @Controller("/unclear")
    @Requires(property = "unclear")
    static class Unclear {
        @Get
        @RequireLogin(within = "soon")
        String page() {
            return "unclear";
        }
    }

    @Test
    void requireLogin_durationThatCanNotBeUnderstood_isNoticedAsTheApplicationStarts() {
        SessionAuthenticator gate =
                SessionAuthenticator.builder(Storage.inMemory(1)).build();
        HttpAuth auth = HttpAuth.builder().lane(BearerCarrier.create(), gate).build();

        assertThatThrownBy(() -> ApplicationContext.builder()
                        .properties(Map.of("unclear", true, "micronaut.server.port", -1))
                        .singletons(auth)
                        .run(EmbeddedServer.class)
                        .close())
                .hasStackTraceContaining("@RequireLogin(within = \"soon\") is no duration");
    }
}
