package dev.gateline.http;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The domains and paths that a cookie which came with a request can have been set with (RFC 6265bis sections 5.1.3 and
 * 5.1.4). Their number is bounded, because proxies take a few kilobytes of response headers.
 */
final class CookieForms {
    private static final int MAX_FORMS = 16;

    /**
     * A form.
     *
     * @param path the path to which the cookie is sent
     * @param domain the domain with which the cookie is shared; empty for the host alone
     */
    record Form(String path, String domain) {}

    private CookieForms() {}

    /**
     * Those of a request, the most likely first.
     *
     * @param ownPath of our cookies
     * @param requested path of the request; any text, as far as it is known here
     * @param origins of the host's pages
     */
    static List<Form> of(String ownPath, String requested, List<Origin> origins) {
        Set<String> paths = new LinkedHashSet<>(List.of("/", ownPath));
        Stream<Form> ofTheHost = paths.stream().map(path -> new Form(path, "")).toList().stream();
        addPrefixes(requested, paths);
        List<String> domains = origins.stream()
                .flatMap(origin -> origin.domains().stream())
                .distinct()
                .toList();
        Stream<Form> shared = paths.stream()
                .filter(CookieSettings::isPath)
                .flatMap(path -> domains.stream().map(domain -> new Form(path, domain)));
        return Stream.concat(ofTheHost, shared).limit(MAX_FORMS).toList();
    }

    /** {@code /account} and {@code /account/} are two paths for a cookie. */
    private static void addPrefixes(String requested, Set<String> paths) {
        for (int slash = requested.indexOf('/', 1); slash > 0; slash = requested.indexOf('/', slash + 1)) {
            paths.add(requested.substring(0, slash));
            paths.add(requested.substring(0, slash + 1));
            if (paths.size() > MAX_FORMS) {
                return;
            }
        }
        paths.add(requested);
    }
}
