package dev.gateline.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether a request is that of a browser which is about to show a page. */
final class Navigation {
    private Navigation() {}

    /** Fetch Metadata gives scripts another mode. A browser without those headers is known by what it accepts. */
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
