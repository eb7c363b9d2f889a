package dev.gateline.examples.jaxrs;

import dev.gateline.examples.walk.Walk;
import java.net.URI;
import java.time.Clock;
import org.glassfish.grizzly.http.server.HttpServer;

class ParkSessionTest extends Walk {
    private HttpServer server = new HttpServer();

    @Override
    protected URI start(Clock clock) {
        server = Park.start(0, "session", clock);
        return URI.create("http://127.0.0.1:" + server.getListener("grizzly").getPort() + "/");
    }

    @Override
    protected void stop() {
        server.shutdownNow();
    }
}
