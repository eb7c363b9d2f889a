package dev.gateline.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.Claims;
import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.Requirement;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class DemandTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

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

    interface Strong {
        @Get("/own")
        @RequireLogin(within = "5m", methods = "otp")
        String own();

        @Get("/inherited")
        @RequireLogin(within = "5m", methods = "otp")
        String inherited();
    }

    @RequireLogin(within = "1m", methods = "hwk")
    abstract static class StrongBase {}

    @Controller("/strong")
    @RequireLogin(within = "1m", methods = "hwk")
    static class StrongPages implements Strong {
        @Override
        @RequireLogin
        public String own() {
            return "own";
        }

        @Override
        public String inherited() {
            return "inherited";
        }

        @Get("/plain")
        @RequireLogin
        String plain() {
            return "plain";
        }

        @Get("/recent")
        @RequireLogin(within = "5m")
        String recent() {
            return "recent";
        }

        @Get("/of-class")
        String ofClass() {
            return "of class";
        }

        @Get("/open")
        @PermitAll
        String open() {
            return "open";
        }
    }

    @Controller("/weak")
    @RequireLogin
    static class WeakPages extends StrongBase {
        @Get
        String ofClass() {
            return "of class";
        }
    }

    @Controller("/derived")
    static class DerivedPages extends StrongBase {
        @Get
        String ofClass() {
            return "of class";
        }
    }

    /** The demand of a method, as text: the greatest age of the proof, and its methods. */
    private static String asked(Class<?> controller, String method) {
        try (ApplicationContext context = ApplicationContext.run()) {
            Demand demand = Demand.of(context.getBeanDefinition(controller)
                    .getRequiredMethod(method)
                    .getAnnotationMetadata());
            Requirement requirement = demand.requirement();
            String age = requirement.maxAge().map(Duration::toString).orElse("any age");
            String methods = Stream.of("otp", "hwk")
                    .filter(each -> requirement
                            .check(provedWithout(each), NOW)
                            .rejection()
                            .isPresent())
                    .collect(Collectors.joining(", "));
            return demand.login() ? age + " " + methods : "nothing";
        }
    }

    private static Identity provedWithout(String method) {
        List<String> others =
                Stream.of("otp", "hwk").filter(each -> !each.equals(method)).toList();
        return new Identity("ada", new LoginId("t-1"), NOW, NOW, NOW.plusSeconds(60), others, Claims.none());
    }

    @Test
    void requireLogin_atAMethod_replacesThatOfTheClassWhole() {
        assertThat(asked(StrongPages.class, "plain")).isEqualTo("any age ");
        assertThat(asked(StrongPages.class, "recent")).isEqualTo("PT5M ");
        assertThat(asked(StrongPages.class, "open")).isEqualTo("nothing");
        assertThat(asked(StrongPages.class, "ofClass")).isEqualTo("PT1M hwk");
    }

    @Test
    void requireLogin_atAnInterface_holdsUnlessTheMethodHasItsOwn() {
        assertThat(asked(StrongPages.class, "inherited")).isEqualTo("PT5M otp");
        assertThat(asked(StrongPages.class, "own")).isEqualTo("any age ");
    }

    @Test
    void requireLogin_atASuperclass_holdsUnlessTheClassHasItsOwn() {
        assertThat(asked(DerivedPages.class, "ofClass")).isEqualTo("PT1M hwk");
        assertThat(asked(WeakPages.class, "ofClass")).isEqualTo("any age ");
    }

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
