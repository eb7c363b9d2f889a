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
import jakarta.annotation.security.RolesAllowed;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
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

    interface Api<T> {
        @Get("/one/{value}")
        @RolesAllowed("keeper")
        String one(T value);
    }

    @Controller("/hidden")
    @Requires(property = "hidden")
    static class Hidden implements Api<String> {
        @Override
        public String one(String value) {
            return value;
        }
    }

    @RolesAllowed("keeper")
    abstract static class Base {
        @Get("/base")
        String base() {
            return "base";
        }
    }

    @Controller("/inherited")
    @Requires(property = "inherited")
    static class Inherited extends Base {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unclear | @RequireLogin(within = \"soon\") is no duration",
                "hidden | Api does not hold for dev.gateline.micronaut.DemandTest$Hidden.one",
                "inherited | Base does not hold for"
            })
    void annotation_thatWouldNotHold_isNoticedAsTheApplicationStarts(String controller, String message) {
        SessionAuthenticator gate =
                SessionAuthenticator.builder(Storage.inMemory(1)).build();
        HttpAuth auth = HttpAuth.builder().lane(BearerCarrier.create(), gate).build();

        assertThatThrownBy(() -> ApplicationContext.builder()
                        .properties(Map.of(controller, true, "micronaut.server.port", -1))
                        .singletons(auth)
                        .run(EmbeddedServer.class)
                        .close())
                .hasStackTraceContaining(message);
    }
}
