package dev.gateline.throttle;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** What counts of a client's address: of IPv6 the first 64 bits, as a customer has them all. */
final class ClientNetwork {
    private static final int NETWORK = 8;
    private static final int LONGEST = 45;

    private ClientNetwork() {}

    /**
     * The network of an address, in one form.
     *
     * @param client an address, or anything else, which stands for itself
     */
    static String of(String client) {
        boolean mayBeV6 = client.indexOf(':') >= 0 && client.length() <= LONGEST;
        boolean isLiteral =
                mayBeV6 && client.chars().allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0);
        return isLiteral ? ofLiteral(client) : client;
    }

    /** Of a text with a colon in it Java asks no name server; one of IPv4 in the form of IPv6 becomes IPv4. */
    private static String ofLiteral(String client) {
        try {
            InetAddress address = InetAddress.getByName(client);
            byte[] bytes = address.getAddress();
            return bytes.length > Integer.BYTES
                    ? Arrays.toString(Arrays.copyOf(bytes, NETWORK))
                    : address.getHostAddress();
        } catch (UnknownHostException e) {
            return client;
        }
    }
}
