package dev.gateline.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.http.BearerCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.security.Principal;
import java.util.concurrent.ExecutionException;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.Test;

class GatelineFeatureTest {
    private final HttpAuth auth = HttpAuth.builder()
            .lane(
                    BearerCarrier.create(),
                    SessionAuthenticator.builder(Storage.inMemory(10)).build())
            .build();

    /** Two pages. */
    @Path("/")
    public static class Site {
        @GET
        @Path("plain")
        public String plain() {
            return "plain";
        }

        @GET
        @Path("open")
        @PermitAll
        public String open() {
            return "open";
        }
    }

    /** A slip of the pen. */
    @Path("/")
    public static class Wrong {
        @GET
        @RequireLogin(within = "five minutes")
        public String page() {
            return "never seen";
        }
    }

    private static int status(ApplicationHandler site, String method, String path)
            throws ExecutionException, InterruptedException {
        URI base = URI.create("http://localhost/");
        return site.apply(
                        new ContainerRequest(base, base.resolve(path), method, null, new MapPropertiesDelegate(), null))
                .get()
                .getStatus();
    }

    @Test
    void secured_methodWithoutAnnotation_demandsALogin() throws Exception {
        ApplicationHandler site =
                new ApplicationHandler(new ResourceConfig(Site.class).register(GatelineFeature.secured(auth)));

        assertThat(status(site, "GET", "plain")).isEqualTo(401);
        assertThat(status(site, "GET", "open")).isEqualTo(200);
        assertThat(status(site, "OPTIONS", "plain")).isEqualTo(200);
    }

    @Test
    void open_methodWithoutAnnotation_isServed() throws Exception {
        ApplicationHandler site =
                new ApplicationHandler(new ResourceConfig(Site.class).register(GatelineFeature.open(auth)));

        assertThat(status(site, "GET", "plain")).isEqualTo(200);
    }

    @Test
    void configure_annotationThatCanNotBeUnderstood_isNoticedAsTheApplicationStarts() {
        ResourceConfig site = new ResourceConfig(Wrong.class).register(GatelineFeature.open(auth));

        assertThatThrownBy(() -> new ApplicationHandler(site))
                .hasStackTraceContaining("@RequireLogin(within)")
                .hasStackTraceContaining("five minutes");
    }

    @Test
    void of_securityContextOfAnotherMake_saysWhatIsMissing() {
        SecurityContext other = new SecurityContext() {
            @Override
            public Principal getUserPrincipal() {
                return () -> "ada";
            }

            @Override
            public boolean isUserInRole(String role) {
                return false;
            }

            @Override
            public boolean isSecure() {
                return false;
            }

            @Override
            public String getAuthenticationScheme() {
                return SecurityContext.BASIC_AUTH;
            }
        };

        assertThatIllegalStateException()
                .isThrownBy(() -> JaxrsAuth.of(other))
                .withMessageContaining("register a GatelineFeature");
        assertThatIllegalStateException()
                .isThrownBy(() -> new JaxrsAuth().outcome())
                .withMessageContaining("@BeanParam");
    }
}
