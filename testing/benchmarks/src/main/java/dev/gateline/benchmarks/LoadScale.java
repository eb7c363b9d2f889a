package dev.gateline.benchmarks;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Credential;
import dev.gateline.LoginId;
import dev.gateline.Requirement;
import dev.gateline.benchmarks.ScaleStore.Kind;
import dev.gateline.near.NearStorage;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Revocation;
import dev.gateline.store.SharedStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Starts a node while many revocations are live, and measures requests at this node and at another one meanwhile. */
final class LoadScale implements AutoCloseable {
    static final String NAME = "LoadScale";
    private static final int AT_ONCE = 1_000;
    private static final Duration BEFORE = Duration.ofSeconds(2);

    private final Kind kind;
    private final int revocations;
    private final ScaleStore store;
    private final SharedStorage running;
    private final SessionAuthenticator strict;
    private final Credential session;
    private final List<Row> rows = new ArrayList<>();

    private LoadScale(Kind kind, int revocations) {
        this.kind = kind;
        this.revocations = revocations;
        store = kind.start();
        running = store.node(store.port(), 4);
        fill(running, revocations);
        strict = SessionAuthenticator.builder(running).build();
        session = strict.login(Sample.user(1)).access();
    }

    /** Measures a node of its own for a number of revocations. */
    static List<Row> measure(Kind kind, int revocations) throws InterruptedException {
        try (LoadScale scale = new LoadScale(kind, revocations)) {
            scale.measure();
            return scale.rows;
        }
    }

    /** Revokes logins with ids as random as real ones. */
    static void fill(SharedStorage storage, int count) {
        Instant now = Instant.now();
        Instant until = now.plus(Duration.ofHours(1));
        for (int from = 0; from < count; from += AT_ONCE) {
            List<Revocation> some = IntStream.range(from, Math.min(from + AT_ONCE, count))
                    .mapToObj(i -> Revocation.ofLogin(id(i), until))
                    .toList();
            storage.revocations().revokeAll(some, now);
        }
    }

    private static LoginId id(int number) {
        long mixed = (number + 1) * 0x9E3779B97F4A7C15L;
        return new LoginId(String.format(Locale.ROOT, "%016x%05dA", mixed, number % 100_000));
    }

    private void measure() throws InterruptedException {
        Requests before = new Requests(strict, Requirement.none().authoritative());
        LockSupport.parkNanos(BEFORE.toNanos());
        before.stop();
        add("p50 before", before.times.millis(0.5), "ms");
        add("p99 before", before.times.millis(0.99), "ms");

        long heap = heap();
        Duration cpu = store.cpuTime();
        Requests meanwhile = new Requests(strict, Requirement.none().authoritative());
        try (NearStorage near = NearStorage.over(store.node(store.port(), 2));
                SessionAuthenticator starting =
                        SessionAuthenticator.builder(near).build()) {
            Requests early = new Requests(starting, Requirement.none());
            Duration took = Scale.await("the node is fresh", () -> near.health().fresh());
            add("seconds", took.toNanos() / 1e9, "s");
            add("cpu", store.cpuTime().minus(cpu).toMillis() / 1e3, "s");
            early.stop();
            meanwhile.stop();
            add("heap", (heap() - heap) / (double) revocations, "bytes");
            add("p50 at start", early.times.millis(0.5), "ms");
            add("p99 at start", early.times.millis(0.99), "ms");
            add("refused at start", 100.0 * early.refused.get() / Math.max(1, early.all.get()), "%");
            add("p50 meanwhile", meanwhile.times.millis(0.5), "ms");
            add("p99 meanwhile", meanwhile.times.millis(0.99), "ms");
        }
    }

    private void add(String what, double value, String unit) {
        Map<String, String> params = Map.of("store", kind.title(), "revocations", "" + revocations, "what", what);
        double rounded = Double.isNaN(value) ? -1 : Row.rounded(value);
        rows.add(new Row(NAME, params, 1, rounded, rounded, unit, 0));
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** A client with one session that sends a request each millisecond. */
    private final class Requests {
        private final Times times = new Times();
        private final AtomicLong all = new AtomicLong();
        private final AtomicLong refused = new AtomicLong();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final Thread thread;

        Requests(SessionAuthenticator gate, Requirement requirement) {
            thread = new Thread(() -> run(gate, requirement), "requests");
            thread.start();
        }

        private void run(SessionAuthenticator gate, Requirement requirement) {
            while (!stopped.get()) {
                long began = System.nanoTime();
                all.incrementAndGet();
                try {
                    if (gate.authenticate(session, requirement).rejection().isPresent()) {
                        throw new AssertionError("a live session was rejected");
                    }
                    times.add(System.nanoTime() - began);
                } catch (AuthUnavailableException e) {
                    refused.incrementAndGet();
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }

        void stop() throws InterruptedException {
            stopped.set(true);
            thread.join();
        }
    }

    @Override
    public void close() {
        strict.close();
        running.close();
        store.close();
    }
}
