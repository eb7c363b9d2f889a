package dev.gateline;

import dev.gateline.internal.Shown;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The client that sent a request, as far as the host knows it, for {@link AuthEvent}s: an investigation needs to know
 * where a request came from (ASVS 16.2.1). No decision depends on it. Control characters are replaced, so that nobody
 * can forge a line of a log, and longer texts are cut off. Immutable.
 *
 * @param address an address that the host trusts, such as {@code 203.0.113.7}; 0 to 255 characters, empty if it is not
 *     known
 * @param agent the name that the client gives itself; 0 to 255 characters, empty if it is not known
 */
public record ClientInfo(String address, String agent) {
    private static final int LONGEST = 255;
    private static final ClientInfo UNKNOWN = new ClientInfo("", "");
    private static final ThreadLocal<@Nullable Supplier<ClientInfo>> CURRENT = new ThreadLocal<>();

    /** Replaces control characters and cuts both off. */
    public ClientInfo {
        address = Shown.text(address, LONGEST);
        agent = Shown.text(agent, LONGEST);
    }

    /** A client of which nothing is known. */
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
     * Runs an action for this client. Every event that the action causes on this thread names the client.
     *
     * @param action the action, such as a call of an {@link Authenticator}
     * @return what the action returns
     */
    public <T> T during(Supplier<T> action) {
        return during(() -> this, action);
    }

    /**
     * Runs an action for a client that is determined only if there is an event.
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
