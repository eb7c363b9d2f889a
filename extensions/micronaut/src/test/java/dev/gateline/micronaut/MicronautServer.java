package dev.gateline.micronaut;

import dev.gateline.http.HttpAuth;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.Map;

/** Micronaut on Netty in this process, on one event loop, with the pages of the contract and some more. */
record MicronautServer(EmbeddedServer micronaut) {
    static MicronautServer start(HttpAuth auth) {
        return start(auth, Map.of());
    }

    static MicronautServer start(HttpAuth auth, Map<String, Object> settings) {
        ApplicationContext context = ApplicationContext.builder()
                .properties(settings)
                .properties(Map.of(
                        "micronaut.server.host",
                        "127.0.0.1",
                        "micronaut.server.port",
                        -1,
                        "micronaut.server.cors.localhost-pass-through",
                        true,
                        "micronaut.netty.event-loops.default.num-threads",
                        1))
                .singletons(auth)
                .start();
        return new MicronautServer(context.getBean(EmbeddedServer.class).start());
    }

    URI address() {
        return micronaut.getURI().resolve("/");
    }

    void stop() {
        micronaut.getApplicationContext().close();
    }
}
