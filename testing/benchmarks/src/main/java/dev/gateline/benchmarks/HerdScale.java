package dev.gateline.benchmarks;

import dev.gateline.benchmarks.ScaleStore.Kind;
import dev.gateline.near.NearStorage;
import dev.gateline.servers.Wire;
import dev.gateline.store.SharedStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Cuts many nodes off their server, and measures the time and the server's work until all of them are fresh again: once
 * while the server keeps its changes, and once while it loses them.
 */
final class HerdScale implements AutoCloseable {
    static final String NAME = "HerdScale";
    private static final Duration STALENESS = Duration.ofSeconds(2);

    private final ScaleStore store;
    private final Wire wire;
    private final List<NearStorage> nodes = new ArrayList<>();

    private HerdScale(Kind kind, int count, int revocations) {
        store = kind.start();
        wire = new Wire(store.port());
        try (SharedStorage filling = store.node(store.port(), 2)) {
            LoadScale.fill(filling, revocations);
        }
        for (int i = 0; i < count; i++) {
            NearStorage node = NearStorage.builder(store.node(wire.port(), 2))
                    .maxStaleness(STALENESS)
                    .build();
            nodes.add(node);
            Scale.await("a node is fresh", () -> node.health().fresh());
        }
    }

    /** Measures a short break and a gap of all nodes at once. */
    static List<Row> measure(Kind kind, int count, int revocations) {
        try (HerdScale scale = new HerdScale(kind, count, revocations)) {
            Duration idle = scale.store.cpuTime();
            Duration away = scale.cut();
            Duration before = scale.store.cpuTime();
            Duration afterBreak = scale.mend();
            Duration usedAfterBreak = scale.store.cpuTime().minus(before);
            Duration unused = scale.cut();
            scale.store.loseChanges();
            Duration cpu = scale.store.cpuTime();
            Duration back = scale.mend();
            Duration used = scale.store.cpuTime().minus(cpu);
            Map<String, Duration> figures = Map.of(
                    "away", away,
                    "idle", before.minus(idle),
                    "back after a break", afterBreak,
                    "cpu after a break", usedAfterBreak,
                    "back", back,
                    "cpu", used);
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

    private Duration cut() {
        wire.cut();
        return Scale.await(
                "no node is fresh",
                () -> nodes.stream().noneMatch(node -> node.health().fresh()));
    }

    private Duration mend() {
        wire.mend();
        return Scale.await(
                "all nodes are fresh",
                () -> nodes.stream().allMatch(node -> node.health().fresh()));
    }

    @Override
    public void close() {
        nodes.forEach(NearStorage::close);
        wire.close();
        store.close();
    }
}
