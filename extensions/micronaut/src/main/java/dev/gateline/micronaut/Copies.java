package dev.gateline.micronaut;

import dev.gateline.http.CollectedExchange;
import dev.gateline.http.CollectedExchangeBuilder;
import io.micronaut.http.HttpRequest;
import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Copies of requests, because Netty's own belong to the event loop. */
final class Copies {
    private Copies() {}

    static CollectedExchange of(HttpRequest<?> request) {
        CollectedExchangeBuilder copy =
                CollectedExchange.of(request.getMethodName(), request.getPath()).target(target(request.getUri()));
        request.getHeaders().forEach((name, values) -> values.forEach(value -> copy.header(name, value)));
        @Nullable InetAddress peer = request.getRemoteAddress().getAddress();
        if (peer != null) {
            copy.remoteAddress(peer.getHostAddress());
        }
        return copy.build();
    }

    private static String target(URI uri) {
        @Nullable String query = uri.getRawQuery();
        return query == null ? uri.getRawPath() : uri.getRawPath() + '?' + query;
    }
}
