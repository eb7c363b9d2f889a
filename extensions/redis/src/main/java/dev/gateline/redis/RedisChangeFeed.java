package dev.gateline.redis;

import dev.gateline.AuthUnavailableException;
import dev.gateline.internal.Secrets;
import dev.gateline.redis.FeedReader.Beat;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.Subscription;
import io.lettuce.core.StreamMessage;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A feed over one stream in one slot. The stream is one log, which every node reads from its own position on.
 *
 * <p>A <em>beat</em> proves that nothing was missed. It is a write to the server, and its answer is the end of the
 * stream. A node that has delivered everything up to there is fresh as of the moment before the beat was sent. A
 * primary that was demoted, or has too few replicas, takes no writes and proves nothing. A beat also answers whether
 * the server is the same, and whether the mark that this node left there is still there ({@link FeedReader}). Otherwise
 * there is a gap: after a fail-over, a restart or a flush, and after this node was away for half of the time for which
 * the stream is kept. A lost connection alone is no gap. The next beat then also has to find the last entry that this
 * node has read, and the node reads on from there. The feed takes its position before it tells of a gap, so that
 * changes published meanwhile follow the gap.
 *
 * <p>After a fail-over or a restart the new server may have the same stream up to some entry that this node has read.
 * The node then reads on there, and only what follows may be lost ({@link FeedReader#goBack}).
 *
 * <p>A publication answers which server has it, and fails if this node reads another server. Each beat also asks over
 * the stores' connection for the server, and so does every new connection of the stores. If the stores talk to another
 * server, nothing is proven; if they did meanwhile, there is a gap.
 *
 * <p>Thread-safe. One daemon thread, from the first {@link #subscribe} on.
 */
final class RedisChangeFeed implements ChangeFeed {
    private static final System.Logger LOG = System.getLogger(RedisStorage.class.getName());

    /** Key: stream. Arguments: the changes. Answers the mark of the server. */
    private static final Script<String> PUBLISH = Script.text(Opening.STREAM, Publication.LUA, """
            for _, change in ipairs(ARGV) do publish(KEYS[1], change) end
            return server()
            """);

    private static final Duration QUIET = Duration.ofMillis(500);
    private static final Duration BUSY = Duration.ofMillis(200);
    private static final long LONGEST_PAUSE = 1_000;

    private final Link publishing;
    private final Link listening;
    private final FeedReader reader;
    private final boolean goesBack;
    private final StoresCheck stores;
    private final byte[] stream;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Thread> follower = new AtomicReference<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** The {@link ServerMark} of the last beat; null before the first beat, and after a beat that failed. */
    private volatile @Nullable String server;

    // these fields are for the follower

    /** Whether the position of the reader may still be good, so that the next beat decides. */
    private boolean mayGoOn;

    /** The pause after a failure, in milliseconds, which doubles with each failure. */
    private long pause;

    /**
     * Creates a feed without subscribers and without a thread.
     *
     * @param publishing the link of the stores
     * @param listening a link for this feed alone, because a read waits; {@link #close()} closes it
     * @param stores the check that greets each connection of {@code publishing}
     * @param goesBack whether one key gets to another server only with all other keys as of the same moment. A slot of
     *     a cluster moves key by key.
     */
    RedisChangeFeed(Link publishing, Link listening, KeyNames keys, StoresCheck stores, boolean goesBack) {
        this.publishing = publishing;
        this.listening = listening;
        this.stream = keys.feed();
        this.reader = new FeedReader(listening, stream, keys.mark(Secrets.id()));
        this.stores = stores;
        this.goesBack = goesBack;
    }

    @Override
    public void publish(Change change) {
        publishPage(List.of(change));
    }

    @Override
    public void publishAll(List<Change> changes) {
        for (int from = 0; from < changes.size(); from += FeedReader.BATCH) {
            publishPage(changes.subList(from, Math.min(from + FeedReader.BATCH, changes.size())));
        }
    }

    private void publishPage(List<Change> changes) {
        byte[][] written = changes.stream().map(Change::write).map(Wire::bytes).toArray(byte[][]::new);
        published(publishing.run(PUBLISH, List.of(stream), written));
    }

    /** The stream, for scripts that write and publish in one step. */
    byte[] stream() {
        return stream;
    }

    /**
     * Compares the server that has a publication with the server that this node reads.
     *
     * @param holder the {@link ServerMark} of the server that has it
     * @throws AuthUnavailableException if they differ
     */
    void published(String holder) {
        String read = server;
        if (read != null && !read.equals(holder)) {
            publishing.renew();
            throw StoresCheck.apart();
        }
    }

    @Override
    public void subscribe(Subscriber subscriber) {
        subscriptions.add(new Subscription(subscriber));
        Thread thread = new Thread(this::followUntilClosed, "gateline-redis-feed");
        thread.setDaemon(true);
        if (!isClosed() && follower.compareAndSet(null, thread)) {
            thread.start();
        }
    }

    @Override
    public Duration provenWithin() {
        return QUIET;
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void followUntilClosed() {
        while (!isClosed()) {
            try {
                follow();
            } catch (RuntimeException | Error e) {
                mayGoOn &= e instanceof AuthUnavailableException;
                listening.reset();
                pauseAfter(e);
            }
        }
    }

    /** Reads until a change may have been missed, or the connection is lost. */
    private void follow() {
        if (!mayGoOn || !goesOn(true)) {
            begin();
        }
        goOnAfterPause();
        // a subscriber may wait for a beat that was sent after its gap
        boolean quiet = false;
        while (!isClosed()) {
            subscriptions.forEach(Subscription::tellGap);
            prove();
            quiet = !reader.read(untilNextBeat(quiet), this::deliver);
            prove();
            // if the last entry was deleted, the end is never reached
            boolean isDue = untilNextBeat(false).toMillis() <= 1;
            if (isDue && (quiet || reader.hasReachedBeat()) && !goesOn(false)) {
                return;
            }
        }
    }

    private void begin() {
        mayGoOn = false;
        boolean unused = asks(() -> reader.begin().marked());
        stores.begin(publishing, reader.beat().server());
        OptionalLong common = goesBack ? reader.goBack() : OptionalLong.empty();
        if (common.isPresent()) {
            subscriptions.forEach(each -> each.rewind(common.getAsLong()));
        } else {
            subscriptions.forEach(Subscription::lose);
        }
        mayGoOn = true;
    }

    private boolean goesOn(boolean afterBreak) {
        boolean same = asks(() -> reader.goesOn(afterBreak));
        // stores that were at another server meanwhile leave a gap, also if they are back at the next beat
        mayGoOn = false;
        mayGoOn = same && stores.goesOn(publishing, reader.beat().server());
        return mayGoOn;
    }

    private boolean asks(BooleanSupplier beat) {
        try {
            boolean answer = beat.getAsBoolean();
            server = reader.beat().server();
            return answer;
        } catch (RuntimeException e) {
            // the next server of the feed is not known, so publications can't be compared until the next beat
            server = null;
            throw e;
        }
    }

    private Duration untilNextBeat(boolean quiet) {
        if (quiet) {
            return QUIET;
        }
        Duration left = BUSY.minusNanos(System.nanoTime() - reader.beat().sentAt());
        return left.toMillis() < 1 ? Duration.ofMillis(1) : left;
    }

    private void prove() {
        Beat beat = reader.beat();
        if (reader.hasReachedBeat() && !isClosed()) {
            subscriptions.forEach(each -> each.tellFresh(beat.sentAt()));
        }
    }

    private void deliver(StreamMessage<byte[], byte[]> message) {
        try {
            for (byte[] written : message.getBody().values()) {
                Change change = Change.read(Wire.text(written));
                subscriptions.forEach(each -> each.tell(change));
            }
        } catch (IllegalArgumentException e) {
            // a change of a later version of Gateline may be of anything
            subscriptions.forEach(Subscription::lose);
        }
    }

    private void pauseAfter(Throwable failure) {
        if (isClosed()) {
            return;
        }
        if (pause == 0) {
            Object reason = failure instanceof AuthUnavailableException ? failure.getMessage() : failure;
            LOG.log(System.Logger.Level.WARNING, "the change feed is lost: {0}", reason);
        }
        pause = Math.min(LONGEST_PAUSE, Math.max(100, 2 * pause));
        try {
            closed.await(pause, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // only close() interrupts, and the loop looks for it next
        }
    }

    private void goOnAfterPause() {
        if (pause > 0) {
            LOG.log(System.Logger.Level.INFO, "the change feed is back");
        }
        pause = 0;
    }

    @Override
    public void close() {
        closed.countDown();
        listening.close();
        Thread thread = follower.get();
        if (thread == null || thread.equals(Thread.currentThread())) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(LONGEST_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
