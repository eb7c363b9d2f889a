package dev.gateline.jaxrs;

import dev.gateline.http.HttpAuth;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.net.URI;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** Jersey on Grizzly, without servlets, in this process. */
record JerseyServer(HttpServer grizzly) implements RestContract.Server {
    static RestContract.Server start(HttpAuth auth) {
        ResourceConfig api = new ResourceConfig(
                        Pages.class, Led.Owned.class, Led.Kept.class, Led.Misled.class, Address.class)
                .register(GatelineFeature.open(auth));
        return new JerseyServer(GrizzlyHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/"), api));
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + grizzly.getListener("grizzly").getPort() + "/");
    }

    @Override
    public void stop() {
        grizzly.shutdownNow();
    }

    /** As an application on this server would tell the address. */
    @PreMatching
    static final class Address implements ContainerRequestFilter {
        @Inject
        private Provider<Request> request;

        @Override
        public void filter(ContainerRequestContext context) {
            context.setProperty(GatelineFeature.REMOTE_ADDRESS, request.get().getRemoteAddr());
        }
    }
}
