package dev.gateline.examples.jetty;

import dev.gateline.examples.walk.Walk;
import java.net.URI;
import java.time.Clock;
import org.eclipse.jetty.server.Server;

class ParkJwtTest extends Walk {
    private Server server = new Server();

    @Override
    protected URI start(Clock clock) throws Exception {
        server = Park.start(0, "jwt", clock);
        return server.getURI().resolve("/");
    }

    @Override
    protected void stop() throws Exception {
        server.stop();
    }
}
