package dev.gateline.jwt;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * The addresses that an issuer may be asked at: https, and http at hosts that were named as they were wired.
 *
 * @param what is asked for there, for messages
 * @param httpHosts in lower case
 */
record TrustedAddresses(String what, Set<String> httpHosts) {
    static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    TrustedAddresses {
        httpHosts = Set.copyOf(httpHosts);
    }

    /**
     * Refuses what is not https, or names a user, whose password would be nowhere safe.
     *
     * @return the address
     * @throws IllegalArgumentException naming the address, and what would let it be
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
     * The name of a host, to be named as one that may be asked by http.
     *
     * @throws IllegalArgumentException if it is not only a host
     */
    static String host(String host) {
        if (!host.equals(URI.create("http://" + host + "/").getHost())) {
            throw new IllegalArgumentException("host: a name or an address without port, was " + host);
        }
        return host.toLowerCase(Locale.ROOT);
    }

    /** Without what may be a secret. */
    static String shown(URI address) {
        return address.toString().replaceFirst("//[^/]*@", "//redacted@").replaceFirst("\\?.*", "?redacted");
    }
}
