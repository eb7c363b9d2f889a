package dev.gateline.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * The server that the feed of a node reads. The same server must answer the stores of that node: a fail-over may leave
 * some connections of a pool at the old primary, and no other node hears of an ending there. Before the feed has read,
 * and after the feed was closed, any server is right. Thread-safe.
 */
final class FeedServer {
    private volatile @Nullable Stay stay;
    private volatile Runnable onOther = () -> {};

    /** The time from one beginning of the feed to the next. */
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

    /** Notes that the feed begins anew at this server, with a gap. */
    void moveTo(ServerId server) {
        stay = new Stay(server);
    }

    /** Notes that the feed reads no longer. */
    void forget() {
        stay = null;
    }

    /** Whether the feed began at this server, and no other server has answered this node since. */
    boolean isStill(ServerId server) {
        Stay now = stay;
        return now != null && !now.over && now.server.equals(server);
    }

    /** The {@link ServerId#text()} of the server; empty if any server is right. */
    String text() {
        Stay now = stay;
        return now == null ? "" : now.server.text();
    }

    /**
     * Checks the server of an answer.
     *
     * @throws ServerException if it is not the server that the feed reads
     */
    void check(ServerId answered) throws ServerException {
        Stay now = stay;
        if (now != null && !now.server.equals(answered)) {
            throw leave();
        }
    }

    /** Makes the feed begin anew, because another server has answered. Returns the exception for the caller. */
    ServerException leave() {
        Stay now = stay;
        if (now != null) {
            now.over = true;
        }
        onOther.run();
        return ServerException.other();
    }
}
