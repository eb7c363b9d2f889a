package dev.gateline.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The origin of a page, as a browser or the web view of an app names it in {@code Origin} (RFC 6454 section 7).
 * Immutable.
 *
 * @param scheme {@code https}, {@code http} or the scheme of an app
 * @param host a name, an IPv4 address or an IPv6 address in brackets
 * @param text the whole origin
 */
record Origin(String scheme, String host, String text) {
    private static final Pattern FORM = Pattern.compile(
            "([a-z][a-z0-9+.-]*)://([a-z0-9_-]+(?:\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+])(?::([1-9][0-9]{0,4}))?");

    /** Schemes without pages, or whose pages have the origin {@code null}. */
    private static final Set<String> NOT_OF_PAGES =
            Set.of("about", "blob", "data", "file", "ftp", "javascript", "ws", "wss");

    /** The greatest number of parent domains of a host name that are tried. */
    private static final int MAX_DOMAINS = 3;

    /** Reads an origin in exactly the form that browsers send; empty if the text is no such origin. */
    static Optional<Origin> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > 300 || !matcher.matches()) {
            return Optional.empty();
        }
        Origin origin = new Origin(matcher.group(1), matcher.group(2), text);
        Optional<Integer> port = Optional.ofNullable(matcher.group(3)).map(Integer::valueOf);
        boolean usual =
                port.filter(it -> it > 0xffff || it == origin.usualPort()).isEmpty();
        return usual && origin.hasHostAsWritten() && !NOT_OF_PAGES.contains(origin.scheme())
                ? Optional.of(origin)
                : Optional.empty();
    }

    /** Whether an address has the form that browsers give it. The names of apps may be numbers. */
    private boolean hasHostAsWritten() {
        if (host.startsWith("[")) {
            return IpHost.isIpv6(host.substring(1, host.length() - 1));
        }
        return usualPort() == 0 || !IpHost.isMeantAsIpv4(host) || IpHost.isIpv4(host);
    }

    /** The port that a browser leaves out. The schemes of apps have none. */
    private int usualPort() {
        return switch (scheme) {
            case "https" -> 443;
            case "http" -> 80;
            default -> 0;
        };
    }

    boolean isPlainHttp() {
        return scheme.equals("http");
    }

    /** Whether the host is this machine, whatever a name server says (W3C Secure Contexts section 3.1). */
    boolean isLoopback() {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    /** The host and the domains above it with which a cookie may be shared. Public suffixes may be among them. */
    List<String> domains() {
        List<String> domains = new ArrayList<>();
        String rest = host;
        while (CookieSettings.isHost(rest) && domains.size() < MAX_DOMAINS) {
            domains.add(rest);
            rest = rest.substring(rest.indexOf('.') + 1);
        }
        return domains;
    }
}
