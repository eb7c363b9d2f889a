package dev.gateline.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Login;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.net.URI;
import java.security.Principal;
import java.util.concurrent.ExecutionException;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
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
        return answer(site, method, path).getStatus();
    }

    private static ContainerResponse answer(ApplicationHandler site, String method, String path)
            throws ExecutionException, InterruptedException {
        URI base = URI.create("http://localhost/");
        ContainerRequest request =
                new ContainerRequest(base, base.resolve(path), method, null, new MapPropertiesDelegate(), null);
        request.header("Origin", "http://localhost");
        return site.apply(request, new ByteArrayOutputStream()).get();
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
    void options_belowAClassWithARule_needNoLogin() throws Exception {
        ApplicationHandler site =
                new ApplicationHandler(new ResourceConfig(Led.Kept.class).register(GatelineFeature.open(auth)));

        assertThat(status(site, "GET", "kept/below/all")).isEqualTo(401);
        assertThat(status(site, "OPTIONS", "kept/below/all")).isEqualTo(200);
    }

    /** A store that fails before the feature has seen the request. */
    @PreMatching
    public static final class Early implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            throw new AuthUnavailableException("the store is down");
        }
    }

    @Test
    void outage_beforeTheFeatureHasSeenTheRequest_is503() throws Exception {
        ApplicationHandler site = new ApplicationHandler(new ResourceConfig(Site.class)
                .register(GatelineFeature.open(auth))
                .register(Early.class));

        ContainerResponse response = answer(site, "GET", "plain");

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeaders()).containsKey("Retry-After");
    }

    /** A page that logs in, and can't be written. */
    @Path("/")
    public static class Unwritten {
        @GET
        @Path("unwritten")
        @Produces("text/plain")
        public StringBuilder page(@BeanParam JaxrsAuth door) {
            return new StringBuilder(
                    door.login(Login.of("ada")).toOptional().orElseThrow().body());
        }
    }

    /** Fails. */
    @Produces("text/plain")
    public static final class Writer implements MessageBodyWriter<StringBuilder> {
        @Override
        public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
            return type == StringBuilder.class;
        }

        @Override
        public void writeTo(
                StringBuilder page,
                Class<?> type,
                Type generic,
                Annotation[] annotations,
                MediaType media,
                MultivaluedMap<String, Object> headers,
                OutputStream body) {
            throw new IllegalStateException("can't be written");
        }
    }

    /** The application's own. */
    public static final class Sorry implements ExceptionMapper<IllegalStateException> {
        @Override
        public Response toResponse(IllegalStateException thrown) {
            return Response.status(500).entity("sorry").type("text/plain").build();
        }
    }

    @Test
    void login_pageThatCanNotBeWritten_setsItsCookiesWithTheResponseOfTheMapper() throws Exception {
        HttpAuth cookies = HttpAuth.builder()
                .lane(
                        CookieCarrier.create(),
                        SessionAuthenticator.builder(Storage.inMemory(10)).build())
                .origin("http://localhost")
                .build();
        ApplicationHandler site = new ApplicationHandler(
                new ResourceConfig(Unwritten.class, Writer.class, Sorry.class).register(GatelineFeature.open(cookies)));

        ContainerResponse response = answer(site, "GET", "unwritten");

        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(response.getHeaders()).containsKey("Set-Cookie");
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
