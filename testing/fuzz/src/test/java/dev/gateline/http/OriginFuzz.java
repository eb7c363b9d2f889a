package dev.gateline.http;

import dev.gateline.fuzz.Check;
import dev.gateline.fuzz.Input;
import java.net.URI;
import java.util.List;

/** An {@code Origin}: whatever we read, {@link URI} reads in the same way, and it has the only form of its parts. */
public final class OriginFuzz {
    private OriginFuzz() {}

    /** One input: the header. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new Input(input).header();
        Origin.parse(text).ifPresent(origin -> {
            URI uri = URI.create(text);
            Check.same(origin.text(), text, "text");
            Check.same(origin.scheme(), uri.getScheme(), "scheme");
            Check.that(uri.getRawPath().isEmpty() && uri.getRawQuery() == null, "an origin has no path");
            Check.that(uri.getRawUserInfo() == null, "an origin has no user");
            if (uri.getHost() != null) {
                Check.same(origin.host(), uri.getHost(), "host");
            } else {
                // to java.net.URI a host is a name with few rules only if it has no underscore and ends in a letter
                Check.that(origin.host().matches("[a-z0-9_.-]+"), "host: " + origin.host());
            }
            checkDomains(origin);
        });
    }

    private static void checkDomains(Origin origin) {
        List<String> domains = origin.domains();
        for (String domain : domains) {
            boolean isAbove = origin.host().equals(domain) || origin.host().endsWith("." + domain);
            Check.that(isAbove && CookieSettings.isHost(domain), "a domain that is not above the host: " + domain);
        }
        boolean unused = origin.isLoopback() || origin.isPlainHttp();
    }
}
