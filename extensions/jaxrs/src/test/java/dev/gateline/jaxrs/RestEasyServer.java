package dev.gateline.jaxrs;

import dev.gateline.http.HttpAuth;
import io.undertow.Undertow;
import jakarta.ws.rs.core.Application;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import org.jboss.resteasy.plugins.server.undertow.UndertowJaxrsServer;

/** RESTEasy on Undertow in this process. */
final class RestEasyServer extends UndertowJaxrsServer implements RestContract.Server {
    static RestContract.Server start(HttpAuth auth) {
        RestEasyServer server = new RestEasyServer();
        server.start(Undertow.builder().addHttpListener(0, "127.0.0.1"));
        server.deploy(new Api(auth), "/");
        return server;
    }

    @Override
    public URI address() {
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return URI.create("http://127.0.0.1:" + address.getPort() + "/");
    }

    /** An application. */
    private static final class Api extends Application {
        private final HttpAuth auth;

        Api(HttpAuth auth) {
            this.auth = auth;
        }

        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(Pages.class, Led.Owned.class, Led.Kept.class, Led.Misled.class);
        }

        @Override
        @SuppressWarnings("deprecation")
        public Set<Object> getSingletons() {
            return Set.of(GatelineFeature.open(auth));
        }
    }
}
