package dev.gateline.benchmarks;

import dev.gateline.LoginId;
import dev.gateline.benchmarks.ScaleStore.Kind;
import dev.gateline.near.NearStorage;
import dev.gateline.servers.Wire;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.SharedStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Cuts many nodes off their server, and measures the time and the server's work until all of them are fresh again: once
 * while the server keeps its changes, once while it loses its last writes, and once while it loses all changes.
 */
final class HerdScale implements AutoCloseable {
    static final String NAME = "HerdScale";
    private static final Duration STALENESS = Duration.ofSeconds(2);
    private static final int ENDINGS = 100;

    /** A node on PostgreSQL knows the order of entries that are older than half a minute. */
    private static final Duration SETTLING = Duration.ofSeconds(35);

    private final ScaleStore store;
    private final Wire wire;
    private final List<NearStorage> nodes = new ArrayList<>();

    private HerdScale(Kind kind, int count, int revocations) {
        store = kind.start();
        wire = new Wire(store.port());
        try (SharedStorage filling = store.node(store.port(), 2)) {
            LoadScale.fill(filling, revocations);
            RevocationStore there = filling.revocations();
            // otherwise the nodes wait until one of them vouches, and read everything once more
            if (there.vouch(there.standing()).isEmpty()) {
                throw new IllegalStateException("the server was started again");
            }
        }
        for (int i = 0; i < count; i++) {
            NearStorage node = NearStorage.builder(store.node(wire.port(), 2))
                    .maxStaleness(STALENESS)
                    .build();
            nodes.add(node);
            Scale.await("a node is fresh", () -> node.health().fresh());
        }
    }

    /** Measures a short break, a loss of the last writes, and a gap of all nodes at once. */
    static List<Row> measure(Kind kind, int count, int revocations) {
        try (HerdScale scale = new HerdScale(kind, count, revocations)) {
            Map<String, Duration> figures = new LinkedHashMap<>();
            scale.breakOff(figures);
            scale.failOver(figures);
            scale.loseChanges(figures);
            List<Row> rows = new ArrayList<>();
            figures.forEach((what, time) -> {
                Map<String, String> params = Map.of(
                        "store", kind.title(), "nodes", "" + count, "revocations", "" + revocations, "what", what);
                double seconds = Row.rounded(Math.max(0.001, time.toMillis() / 1e3));
                rows.add(new Row(NAME, params, 1, seconds, seconds, "s", 0));
            });
            return rows;
        }
    }

    private void breakOff(Map<String, Duration> figures) {
        Duration before = store.cpuTime();
        figures.put("away", cut());
        figures.put("idle", store.cpuTime().minus(before));
        mend(figures, "back after a break", "cpu after a break");
    }

    /** The server loses some endings, all of which each node has heard of. */
    private void failOver(Map<String, Duration> figures) {
        settle();
        end("kept");
        settle();
        store.keepCopy();
        Duration unusedWait = awaitAllFresh();
        end("lost");
        Duration unused = cut();
        store.goBackToCopy();
        mend(figures, "back after a fail-over", "cpu after a fail-over");
    }

    private static void settle() {
        long began = System.nanoTime();
        Scale.await("settled", () -> System.nanoTime() - began > SETTLING.toNanos());
    }

    private void loseChanges(Map<String, Duration> figures) {
        Duration unused = cut();
        store.loseChanges();
        mend(figures, "back", "cpu");
    }

    /** Ends some logins at one node, and waits until all nodes have heard of it. */
    private void end(String name) {
        Instant now = Instant.now();
        List<Revocation> endings = IntStream.range(0, ENDINGS)
                .mapToObj(i -> Revocation.ofLogin(new LoginId(name + i), now.plus(Duration.ofHours(1))))
                .toList();
        long before = nodes.get(0).health().revocations();
        nodes.get(0).revocations().revokeAll(endings, now);
        Scale.await(
                "all nodes have heard",
                () -> nodes.stream().allMatch(node -> node.health().revocations() == before + ENDINGS));
    }

    private Duration cut() {
        wire.cut();
        return Scale.await(
                "no node is fresh",
                () -> nodes.stream().noneMatch(node -> node.health().fresh()));
    }

    private Duration awaitAllFresh() {
        return Scale.await(
                "all nodes are fresh",
                () -> nodes.stream().allMatch(node -> node.health().fresh()));
    }

    private void mend(Map<String, Duration> figures, String back, String cpu) {
        Duration before = store.cpuTime();
        wire.mend();
        figures.put(back, awaitAllFresh());
        figures.put(cpu, store.cpuTime().minus(before));
    }

    @Override
    public void close() {
        nodes.forEach(NearStorage::close);
        wire.close();
        store.close();
    }
}
