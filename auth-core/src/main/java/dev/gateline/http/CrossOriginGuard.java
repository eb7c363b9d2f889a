package dev.gateline.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a request proves to come from a page of ours: what a browser says of itself by Fetch Metadata first, by
 * {@code Origin} next. Neither can be set by a script. Immutable.
 *
 * <p>Our origins are configuration; {@code Host} is the client's word and is not read.
 */
final class CrossOriginGuard {
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final Set<String> origins;
    private final Set<String> exemptPaths;

    CrossOriginGuard(Set<String> origins, Set<String> exemptPaths) {
        origins.forEach(CrossOriginGuard::checkOrigin);
        this.origins = Set.copyOf(origins);
        this.exemptPaths = Set.copyOf(exemptPaths);
    }

    boolean knowsNoOrigin() {
        return origins.isEmpty();
    }

    /** Whether the request may use a credential that a browser sends along by itself. */
    boolean permits(Exchange exchange) {
        return isSafe(exchange) || permitsChange(exchange);
    }

    /** The same for what changes something, whatever the method. */
    boolean permitsChange(Exchange exchange) {
        return exemptPaths.contains(exchange.path()) || isSameOrigin(exchange);
    }

    /** A handshake of a WebSocket is a GET that opens a channel for anything. */
    private static boolean isSafe(Exchange exchange) {
        boolean upgrade = exchange.headers("Upgrade").stream()
                .anyMatch(line -> line.toLowerCase(Locale.ROOT).contains("websocket"));
        return SAFE_METHODS.contains(exchange.method()) && !upgrade;
    }

    private boolean isSameOrigin(Exchange exchange) {
        List<String> site = exchange.headers("Sec-Fetch-Site");
        List<String> origin = exchange.headers("Origin");
        if (site.size() > 1 || origin.size() > 1) {
            return false;
        }
        if (site.contains("same-origin") || site.contains("none")) {
            return true;
        }
        return !origin.isEmpty() && origins.contains(origin.get(0));
    }

    private static void checkOrigin(String origin) {
        URI uri = URI.create(origin);
        String scheme = String.valueOf(uri.getScheme());
        String host = String.valueOf(uri.getHost());
        boolean loopback = Set.of("localhost", "127.0.0.1", "[::1]").contains(host);
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        boolean defaultPort = uri.getPort() == (scheme.equals("https") ? 443 : 80);
        boolean exact = origin.equals(scheme + "://" + host + port) && origin.equals(origin.toLowerCase(Locale.ROOT));
        if (!exact || defaultPort || !(scheme.equals("https") || (scheme.equals("http") && loopback))) {
            throw new IllegalArgumentException("origin: as a browser sends it, https://host or https://host:port in"
                    + " lower case, http only for localhost; was " + origin);
        }
    }
}
