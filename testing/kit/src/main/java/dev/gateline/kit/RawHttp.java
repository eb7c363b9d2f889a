package dev.gateline.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Requests that a well-behaved client does not send. */
public final class RawHttp {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private RawHttp() {}

    /**
     * Posts an empty body.
     *
     * @param server the address of the server
     * @param target the path and the query, which are sent as they are
     * @param headers lines such as {@code Accept: text/html}
     * @return the whole response, with its header
     * @throws UncheckedIOException if the server does not answer within a minute
     */
    public static String post(URI server, String target, String... headers) {
        return send("POST", server, target, headers);
    }

    /**
     * Gets a page.
     *
     * @param server the address of the server
     * @param target the path and the query, which are sent as they are
     * @param headers lines such as {@code Accept: text/html}
     * @return the whole response, with its header
     * @throws UncheckedIOException if the server does not answer within a minute
     */
    public static String get(URI server, String target, String... headers) {
        return send("GET", server, target, headers);
    }

    private static String send(String method, URI server, String target, String... headers) {
        String request = Stream.of(
                        Stream.of(method + ' ' + target + " HTTP/1.1", "Host: " + server.getAuthority()),
                        Stream.of(headers),
                        Stream.of("Content-Length: 0", "Connection: close", "", ""))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\r\n"));
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
