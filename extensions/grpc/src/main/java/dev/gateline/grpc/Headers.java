package dev.gateline.grpc;

import dev.gateline.http.CollectedExchange;
import dev.gateline.http.CollectedExchangeBuilder;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Translates between the metadata of gRPC and the headers of HTTP. */
final class Headers {
    /** Names that {@link Metadata.Key} takes; a client may send others. */
    private static final Pattern NAME = Pattern.compile("[0-9a-z._-]+");

    private Headers() {}

    /** A call as the POST that it is (the gRPC protocol over HTTP/2). */
    static CollectedExchangeBuilder copy(ServerCall<?, ?> call, Metadata headers) {
        CollectedExchangeBuilder copy =
                CollectedExchange.of("POST", '/' + call.getMethodDescriptor().getFullMethodName());
        for (String name : headers.keys()) {
            boolean text = NAME.matcher(name).matches() && !name.endsWith(Metadata.BINARY_HEADER_SUFFIX);
            @Nullable Iterable<String> values = text ? headers.getAll(key(name)) : null;
            if (values != null) {
                values.forEach(value -> copy.header(name, value));
            }
        }
        @Nullable SocketAddress peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        if (peer instanceof InetSocketAddress internet && internet.getAddress() != null) {
            copy.remoteAddress(internet.getAddress().getHostAddress());
        }
        return copy;
    }

    static void add(Metadata headers, String name, String value) {
        headers.put(key(name.toLowerCase(Locale.ROOT)), value);
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
