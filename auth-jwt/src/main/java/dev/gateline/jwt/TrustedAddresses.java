package dev.gateline.jwt;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * The permitted addresses of an issuer: https, and http at hosts that the wiring names. Immutable.
 *
 * @param what the name of the resource, for messages
 * @param httpHosts the hosts for http, in lower case
 */
record TrustedAddresses(String what, Set<String> httpHosts) {
    static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    TrustedAddresses {
        httpHosts = Set.copyOf(httpHosts);
    }

    /**
     * Refuses an address that is not https, or that names a user, whose password would not be safe.
     *
     * @return the address
     * @throws IllegalArgumentException if the address is refused; the message names it, and the setting that permits it
     */
    URI check(URI address) {
        boolean isPlain = address.getRawUserInfo() == null && address.getRawFragment() == null;
        boolean isWeb = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
        if (!isWeb || !isPlain || address.getHost() == null) {
            throw new IllegalArgumentException(what + ": https, without user and fragment, was " + shown(address));
        }
        String host = address.getHost().toLowerCase(Locale.ROOT);
        if ("http".equals(address.getScheme()) && !httpHosts.contains(host)) {
            throw new IllegalArgumentException(what + ": https, was " + shown(address) + "; http is for this machine"
                    + " (insecureHttpForLocalDevelopment: localhost, 127.0.0.1, [::1]) or a host that is named"
                    + " (insecureHttpFromHostInATrustedNetwork)");
        }
        return address;
    }

    /**
     * Checks the name of a host that may be asked by http.
     *
     * @throws IllegalArgumentException if the text is not only a host
     */
    static String host(String host) {
        if (!host.equals(URI.create("http://" + host + "/").getHost())) {
            throw new IllegalArgumentException("host: a name or an address without port, was " + host);
        }
        return host.toLowerCase(Locale.ROOT);
    }

    /** The address without the parts that may be secret. */
    static String shown(URI address) {
        return address.toString().replaceFirst("//[^/]*@", "//redacted@").replaceFirst("\\?.*", "?redacted");
    }
}
