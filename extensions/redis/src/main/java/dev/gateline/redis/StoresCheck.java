package dev.gateline.redis;

import dev.gateline.AuthUnavailableException;
import java.util.List;

/**
 * Proves that the stores of this node talk to the server whose changes its feed reads. They have connections of their own, and after
 * a fail-over one may lead to the new primary while the other stays on the old one. For one thread.
 */
final class StoresCheck {
    private static final long NEVER = -1;

    private final Link stores;
    private final byte[] stream;

    /** The connection of the stores that has answered since the feed began to follow. */
    private long asked = NEVER;

    StoresCheck(Link stores, byte[] stream) {
        this.stores = stores;
        this.stream = stream;
    }

    /** What a node says whose stores and feed are apart. */
    static AuthUnavailableException apart() {
        return new AuthUnavailableException(
                "the stores and the change feed talk to different Redis servers, as in a fail-over");
    }

    /**
     * Begins with a server.
     *
     * @throws AuthUnavailableException if the stores talk to another one
     */
    void begin(String server) {
        asked = NEVER;
        if (isReachedAt(server)) {
            asked = stores.opened();
        }
    }

    /**
     * Whether the stores have talked to this server ever since {@link #begin}, on one connection. Stores that are out of reach
     * read and write nothing, and are asked again once they are back. If they were out of reach at the beginning, nothing was read
     * of them before they were back.
     *
     * @throws AuthUnavailableException if the stores talk to another one
     */
    boolean goesOn(String server) {
        if (!isReachedAt(server)) {
            return true;
        }
        long before = asked;
        asked = stores.opened();
        return before == NEVER || before == asked;
    }

    private boolean isReachedAt(String server) {
        String answer;
        try {
            answer = stores.run(ServerMark.ASK, List.of(stream));
        } catch (AuthUnavailableException e) {
            return false;
        }
        if (!answer.equals(server)) {
            stores.renew();
            throw apart();
        }
        return true;
    }
}
