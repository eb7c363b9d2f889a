package dev.gateline.redis;

import dev.gateline.AuthUnavailableException;
import dev.gateline.redis.Connector.Connection;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Proves that the stores of this node talk to the server whose changes its feed reads. The stores have connections of
 * their own. After a fail-over one connection may lead to the new primary while another stays on the old one. Each
 * connection of the stores first asks for the mark of its server, and all its later answers come from that server. The
 * checks are for one thread.
 */
final class StoresCheck implements Consumer<Connection> {
    private final byte[] stream;

    /** The marks of the servers to which new connections lead, since the last check. */
    private final Queue<CompletableFuture<String>> answers = new ConcurrentLinkedQueue<>();

    StoresCheck(byte[] stream) {
        this.stream = stream;
    }

    /** The outage of a node whose stores and feed talk to different servers. */
    static AuthUnavailableException apart() {
        return new AuthUnavailableException(
                "the stores and the change feed talk to different Redis servers, as in a fail-over");
    }

    /** Asks a new connection of the stores for its server. */
    @Override
    public void accept(Connection connection) {
        Script<String> ask = ServerMark.ASK;
        answers.add(connection
                .commands()
                .<Object>eval(ask.text(), ask.form(), new byte[][] {stream})
                .toCompletableFuture()
                .thenApply(ask.read()));
    }

    /**
     * Begins with the server of the feed.
     *
     * @throws AuthUnavailableException if the stores talk to another server
     */
    void begin(Link stores, String server) {
        boolean reached = isReachedAt(stores, server);
        if (!wereOpenedAt(server) && !reached) {
            stores.renew();
            throw apart();
        }
    }

    /**
     * Whether the stores have talked to this server alone since {@link #begin}. Stores that are out of reach read and
     * write nothing.
     *
     * @throws AuthUnavailableException if the stores talk to another server
     */
    boolean goesOn(Link stores, String server) {
        boolean unused = isReachedAt(stores, server);
        return wereOpenedAt(server);
    }

    /**
     * Whether all new connections lead to this server. A connection without an answer so far has given no other answer
     * either.
     */
    private boolean wereOpenedAt(String server) {
        boolean all = true;
        Iterator<CompletableFuture<String>> each = answers.iterator();
        while (each.hasNext()) {
            CompletableFuture<String> answer = each.next();
            if (answer.isDone()) {
                each.remove();
                all &= isOf(answer, server);
            }
        }
        return all;
    }

    /**
     * Whether a connection leads to this server, or is broken. The server of the feed takes beats, so a connection that
     * was refused as a replica or a starting server refuses leads to another one.
     */
    private static boolean isOf(CompletableFuture<String> answer, String server) {
        try {
            return answer.join().equals(server);
        } catch (CompletionException | CancellationException e) {
            Refusal refusal = Refusal.in(e);
            return refusal == null || !(refusal.isOfAServerToLeave() || refusal.isForNow());
        }
    }

    private boolean isReachedAt(Link stores, String server) {
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
