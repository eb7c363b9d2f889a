package dev.gateline.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * The server that the feed of a node reads. The stores of that node must be answered by the same: a fail-over may leave
 * some connections of a pool at the old primary, where an ending is heard of by nobody. Before the feed has read, and
 * after it was closed, any server will do. Thread-safe.
 */
final class FeedServer {
    private volatile @Nullable Stay stay;
    private volatile Runnable onOther = () -> {};

    /** From one beginning of the feed to the next. */
    private static final class Stay {
        private final ServerId server;
        private volatile boolean over;

        Stay(ServerId server) {
            this.server = server;
        }
    }

    /** Sets an action for the case that another server has answered. It must not wait. */
    void onOther(Runnable action) {
        onOther = action;
    }

    /** The feed begins anew, with a gap, at this one. */
    void moveTo(ServerId server) {
        stay = new Stay(server);
    }

    /** The feed reads no longer. */
    void forget() {
        stay = null;
    }

    /** Whether the feed began at this one, and nothing else of the node was answered by another since. */
    boolean isStill(ServerId server) {
        Stay now = stay;
        return now != null && !now.over && now.server.equals(server);
    }

    /** Its {@link ServerId#text()}; empty if any server will do. */
    String text() {
        Stay now = stay;
        return now == null ? "" : now.server.text();
    }

    /**
     * Takes note of who has answered.
     *
     * @throws ServerException if it is not the one that the feed reads
     */
    void check(ServerId answered) throws ServerException {
        Stay now = stay;
        if (now != null && !now.server.equals(answered)) {
            throw leave();
        }
    }

    /** Another server was met: the feed begins anew. Returns what is to be thrown. */
    ServerException leave() {
        Stay now = stay;
        if (now != null) {
            now.over = true;
        }
        onOther.run();
        return ServerException.other();
    }
}
