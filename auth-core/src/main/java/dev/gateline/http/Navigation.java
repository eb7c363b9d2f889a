package dev.gateline.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Recognises the request of a browser that is about to show a page. */
final class Navigation {
    private Navigation() {}

    /**
     * Whether a browser is about to show a page. Fetch Metadata gives the requests of scripts another mode. A browser
     * without these headers is recognised by its {@code Accept}.
     */
    static boolean isOne(Exchange exchange) {
        List<String> modes = exchange.headers("Sec-Fetch-Mode");
        return Set.of("GET", "HEAD").contains(exchange.method())
                && (modes.isEmpty() || modes.contains("navigate"))
                && wantsHtml(exchange);
    }

    static boolean wantsHtml(Exchange exchange) {
        return exchange.headers("Accept").stream()
                .anyMatch(line -> line.toLowerCase(Locale.ROOT).contains("text/html"));
    }
}
