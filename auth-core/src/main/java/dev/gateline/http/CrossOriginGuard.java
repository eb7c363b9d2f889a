package dev.gateline.http;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Checks whether a request proves that it comes from a page of the host: by Fetch Metadata, or else by {@code Origin}.
 * Browsers set both headers, and scripts can't. Immutable.
 *
 * <p>The origins are configuration. {@code Host} is not read, because the client chooses it.
 */
final class CrossOriginGuard {
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final Set<String> origins;
    private final List<Predicate<Exchange>> exemptions;

    CrossOriginGuard(Collection<Origin> origins, List<Predicate<Exchange>> exemptions) {
        this.origins = origins.stream().map(Origin::text).collect(Collectors.toUnmodifiableSet());
        this.exemptions = List.copyOf(exemptions);
    }

    /** Whether the request may use a credential that a browser sends automatically. */
    boolean permits(Exchange exchange) {
        return isSafe(exchange) || permitsChange(exchange);
    }

    /** Whether the request may change something with such a credential, by any method. */
    boolean permitsChange(Exchange exchange) {
        return isSameOrigin(exchange) || exemptions.stream().anyMatch(each -> each.test(exchange));
    }

    /**
     * Whether the method changes nothing. The handshake of a WebSocket is a GET, but it opens a channel for changes.
     */
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
}
