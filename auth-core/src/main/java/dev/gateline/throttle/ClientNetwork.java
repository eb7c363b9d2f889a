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
     * The networks of an address, in one form.
     *
     * @param client an address, or another name, which is kept as it is
     */
    static ClientNetwork of(String client) {
        boolean mayBeV6 = client.indexOf(':') >= 0 && client.length() <= LONGEST;
        boolean isLiteral =
                mayBeV6 && client.chars().allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0);
        return isLiteral ? ofLiteral(client) : of(client, Optional.empty());
    }

    private static ClientNetwork of(String client, Optional<String> site) {
        return new ClientNetwork(client, site);
    }

    /**
     * Reads an IPv6 address. Java asks no name server about a text with a colon. An IPv4 address in the form of IPv6
     * becomes an IPv4 address.
     */
    private static ClientNetwork ofLiteral(String client) {
        try {
            InetAddress address = InetAddress.getByName(client);
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
