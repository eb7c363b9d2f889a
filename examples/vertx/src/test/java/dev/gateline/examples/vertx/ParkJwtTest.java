package dev.gateline.examples.vertx;

import dev.gateline.examples.walk.Walk;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

class ParkJwtTest extends Walk {
    private final Vertx vertx = Vertx.vertx();

    @Override
    protected URI start(Clock clock) throws Exception {
        HttpServer server = Park.start(vertx, 0, "jwt", clock)
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/");
    }

    @Override
    protected void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
