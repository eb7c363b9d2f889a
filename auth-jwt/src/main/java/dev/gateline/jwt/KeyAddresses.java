package dev.gateline.jwt;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Which addresses keys may come from: https, and http from hosts that were named as they were wired.
 *
 * @param httpHosts in lower case
 */
record KeyAddresses(Set<String> httpHosts) {
    static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    KeyAddresses {
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
            throw new IllegalArgumentException(
                    "address of keys: https, without user and fragment, was " + shown(address));
        }
        String host = address.getHost().toLowerCase(Locale.ROOT);
        if ("http".equals(address.getScheme()) && !httpHosts.contains(host)) {
            throw new IllegalArgumentException(
                    "address of keys: https, was " + shown(address) + "; http is for this machine"
                            + " (insecureHttpForLocalDevelopment: localhost, 127.0.0.1, [::1]) or a host that is named"
                            + " (insecureHttpFromHostInATrustedNetwork)");
        }
        return address;
    }

    /** Without what may be a secret. */
    static String shown(URI address) {
        return address.toString().replaceFirst("//[^/]*@", "//redacted@").replaceFirst("\\?.*", "?redacted");
    }
}
