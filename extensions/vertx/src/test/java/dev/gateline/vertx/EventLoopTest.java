package dev.gateline.vertx;

import dev.gateline.Authenticator;
import dev.gateline.http.HttpAuth;
import dev.gateline.kit.EventLoopContract;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.net.URI;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class EventLoopTest extends EventLoopContract {
    private VertxServer server;

    @Override
    protected Authenticator authenticator(Storage storage) {
        return SessionAuthenticator.builder(storage).build();
    }

    @Override
    protected URI serve(HttpAuth auth) {
        server = VertxServer.start(auth);
        return server.address();
    }

    @Override
    protected void stop() {
        server.stop();
    }
}
