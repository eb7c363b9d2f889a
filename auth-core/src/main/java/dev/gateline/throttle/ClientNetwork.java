package dev.gateline.throttle;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The parts of a client's address by which attempts are counted. An IPv6 customer has a whole network of 64 bits. With
 * a tunnel, and at many providers, a customer has a network of 48 bits, which contains 65,536 networks of 64 bits.
 * Immutable.
 *
 * @param client an IPv4 address, the first 64 bits of an IPv6 address, or another name that the host gives its client
 * @param site the first 48 bits of an IPv6 address; empty for others
 */
record ClientNetwork(String client, Optional<String> site) {
    private static final int SUBNET = 8;
    private static final int SITE = 6;
    private static final int LONGEST = 45;

    /**
     * The networks of an address, in one form. An IPv6 address may stand in brackets, as it does in a URI and in
     * Jetty's requests, and may name a zone.
     *
     * @param client an address, or another name, which is kept as it is
     */
    static ClientNetwork of(String client) {
        String address = withoutZone(withoutBrackets(client));
        boolean mayBeV6 = address.indexOf(':') >= 0 && address.length() <= LONGEST;
        boolean isLiteral =
                mayBeV6 && address.chars().allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0);
        return isLiteral ? ofLiteral(address, client) : of(client, Optional.empty());
    }

    private static String withoutBrackets(String client) {
        boolean has = client.length() > 2 && client.startsWith("[") && client.endsWith("]");
        return has ? client.substring(1, client.length() - 1) : client;
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    private static ClientNetwork of(String client, Optional<String> site) {
        return new ClientNetwork(client, site);
    }

    /**
     * Reads an IPv6 address. Java asks no name server about a text with a colon. An IPv4 address in the form of IPv6
     * becomes an IPv4 address.
     */
    private static ClientNetwork ofLiteral(String literal, String client) {
        try {
            InetAddress address = InetAddress.getByName(literal);
            byte[] bytes = address.getAddress();
            return bytes.length > Integer.BYTES
                    ? of(first(SUBNET, bytes), Optional.of(first(SITE, bytes)))
                    : of(address.getHostAddress(), Optional.empty());
        } catch (UnknownHostException e) {
            return of(client, Optional.empty());
        }
    }

    private static String first(int count, byte[] bytes) {
        return Arrays.toString(Arrays.copyOf(bytes, count));
    }
}
