package dev.gateline;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a host knows of the client that a request comes from, for {@link AuthEvent}s: who investigates one wants to know
 * from where it came (ASVS 16.2.1). Nothing is decided by it. Control characters are replaced, so that no line of a log
 * can be forged, and what is too long is cut off. Immutable.
 *
 * @param address as the host trusts it, such as {@code 203.0.113.7}; 0 to 255 characters, empty if it is not known
 * @param agent as the client calls itself; 0 to 255 characters, empty if it is not known
 */
public record ClientInfo(String address, String agent) {
    private static final int LONGEST = 255;
    private static final ClientInfo UNKNOWN = new ClientInfo("", "");
    private static final ThreadLocal<@Nullable Supplier<ClientInfo>> CURRENT = new ThreadLocal<>();

    /** Cleans both. */
    public ClientInfo {
        address = clean(address);
        agent = clean(agent);
    }

    private static String clean(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
        return cut.codePoints().allMatch(ClientInfo::isClean)
                ? cut
                : cut.codePoints()
                        .map(c -> isClean(c) ? c : '?')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean isClean(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    /** Nothing is known. */
    public static ClientInfo unknown() {
        return UNKNOWN;
    }

    /** The client that the current thread works for, as {@link #during} says. */
    public static ClientInfo current() {
        Supplier<ClientInfo> client = CURRENT.get();
        if (client == null) {
            return UNKNOWN;
        }
        try {
            return client.get();
        } catch (RuntimeException e) {
            // an event without an address is better than none
            return UNKNOWN;
        }
    }

    /**
     * Does something for this client: every event of it that is told on this thread says so.
     *
     * @param action such as a call of an {@link Authenticator}
     * @return what the action returns
     */
    public <T> T during(Supplier<T> action) {
        return during(() -> this, action);
    }

    /**
     * Does something for a client that is looked at once there is an event to tell.
     *
     * @param client called on this thread
     * @param action as for {@link #during(Supplier)}
     * @return what the action returns
     */
    public static <T> T during(Supplier<ClientInfo> client, Supplier<T> action) {
        Supplier<ClientInfo> before = CURRENT.get();
        CURRENT.set(client);
        try {
            return action.get();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }
}
