package dev.gateline.benchmarks;

import dev.gateline.LoginId;
import dev.gateline.benchmarks.ScaleStore.Kind;
import dev.gateline.servers.Wire;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed.Subscriber;
import dev.gateline.store.SharedStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes changes at a rate that doubles, until a reader loses the proof that it is fresh or the server takes no
 * more. Each reader is a node with connections of its own. All of them, and the server, share the cores of this
 * machine.
 */
final class FeedScale implements AutoCloseable {
    static final String NAME = "FeedScale";

    /** The age at which a proof counts as lost. */
    static final Duration FRESH = Duration.ofSeconds(1);

    private static final int WRITERS = 16;
    private static final int FIRST_RATE = 500;
    private static final int LAST_RATE = 64_000;

    /** Of the rate that was asked for. */
    private static final double CARRIED = 0.9;

    private final Kind kind;
    private final ScaleStore store;
    private final Wire wire;
    private final SharedStorage writer;
    private final List<SharedStorage> nodes = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final Map<String, Long> published = new ConcurrentHashMap<>();
    private final Times heard = new Times();

    private FeedScale(Kind kind, int count) {
        this.kind = kind;
        store = kind.start();
        wire = new Wire(store.port());
        writer = store.node(store.port(), WRITERS + 2);
        for (int i = 0; i < count; i++) {
            // the bytes of the last reader are counted
            SharedStorage node = store.node(i == count - 1 ? wire.port() : store.port(), 2);
            Reader reader = new Reader(i == 0);
            node.feed().subscribe(reader);
            nodes.add(node);
            readers.add(reader);
        }
    }

    /** A node that hears of changes. */
    private final class Reader implements Subscriber {
        private final boolean isTimed;
        private volatile long proof;
        private final AtomicLong oldest = new AtomicLong();

        Reader(boolean isTimed) {
            this.isTimed = isTimed;
        }

        @Override
        public void changed(Change change) {
            if (isTimed && change instanceof Change.OfRow row) {
                Long at = published.remove(row.id().value());
                if (at != null) {
                    heard.add(System.nanoTime() - at);
                }
            }
        }

        @Override
        public void gap() {
            proof = 0;
        }

        @Override
        public void freshAsOf(long nanos) {
            noteAge();
            proof = nanos;
        }

        private void noteAge() {
            if (proof != 0) {
                oldest.accumulateAndGet(System.nanoTime() - proof, Math::max);
            }
        }

        private long oldest() {
            noteAge();
            return oldest.get();
        }
    }

    /**
     * Doubles the rate until a reader is not fresh.
     *
     * @param readers how many nodes read
     * @param span for how long each rate is kept
     * @return a row for each figure of each rate
     */
    static List<Row> measure(Kind kind, int readers, Duration span) throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        try (FeedScale scale = new FeedScale(kind, readers)) {
            Scale.await("all readers are fresh", () -> scale.readers.stream().allMatch(each -> each.proof != 0));
            scale.publish(FIRST_RATE, span);
            boolean carried = true;
            for (int rate = FIRST_RATE; carried && rate <= LAST_RATE; rate *= 2) {
                carried = scale.step(rate, span, rows);
            }
        }
        return rows;
    }

    /** Whether everything was carried, and each reader was fresh. */
    private boolean step(int rate, Duration span, List<Row> rows) throws InterruptedException {
        heard.clear();
        readers.forEach(reader -> reader.oldest.set(0));
        Duration cpu = store.cpuTime();
        long bytes = wire.answered();
        long began = System.nanoTime();
        int count = publish(rate, span);
        double seconds = (System.nanoTime() - began) / 1e9;
        double oldest = readers.stream().mapToLong(Reader::oldest).max().orElseThrow() / 1e6;
        double used = store.cpuTime().minus(cpu).toNanos() / 1e9;
        double sent = wire.answered() - bytes;
        boolean carried = oldest <= FRESH.toMillis() && count / seconds >= CARRIED * rate;
        add(rows, rate, "carried", carried ? 1 : 0, "");
        add(rows, rate, "changes", count / seconds, "1/s");
        add(rows, rate, "p50", heard.millis(0.5), "ms");
        add(rows, rate, "p99", heard.millis(0.99), "ms");
        add(rows, rate, "oldest", oldest, "ms");
        add(rows, rate, "cores", used / seconds, "cores");
        add(rows, rate, "bytes", sent / count, "bytes");
        return carried;
    }

    private void add(List<Row> rows, int rate, String what, double value, String unit) {
        Map<String, String> params =
                Map.of("store", kind.title(), "readers", "" + readers.size(), "rate", "" + rate, "what", what);
        double rounded = Double.isNaN(value) ? -1 : Row.rounded(value);
        rows.add(new Row(NAME, params, 1, rounded, rounded, unit, 0));
    }

    /** Publishes for a span, at the rate or as fast as the server can. Returns how many changes that were. */
    private int publish(int rate, Duration span) throws InterruptedException {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        long start = System.nanoTime();
        long end = start + span.toNanos();
        AtomicLong next = new AtomicLong();
        AtomicLong done = new AtomicLong();
        for (int i = 0; i < WRITERS; i++) {
            writers.execute(() -> {
                long due = start;
                while (due < end && System.nanoTime() < end) {
                    long number = next.getAndIncrement();
                    due = start + number * TimeUnit.SECONDS.toNanos(1) / rate;
                    waitUntil(Math.min(due, end));
                    if (due < end) {
                        publish(start + "-" + number);
                        done.incrementAndGet();
                    }
                }
            });
        }
        writers.shutdown();
        boolean unused = writers.awaitTermination(1, TimeUnit.MINUTES);
        return done.intValue();
    }

    private static void waitUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void publish(String id) {
        published.put(id, System.nanoTime());
        writer.feed().publish(new Change.OfRow(new LoginId(id)));
    }

    @Override
    public void close() {
        nodes.forEach(SharedStorage::close);
        writer.close();
        wire.close();
        store.close();
    }
}
