package dev.gateline.benchmarks;

import static dev.gateline.LoginLimit.UNLIMITED;

import dev.gateline.LoginId;
import dev.gateline.benchmarks.ScaleStore.Kind;
import dev.gateline.kit.Rows;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.SharedStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Notes uses of sessions, and measures the processor time of the server for each note. */
final class NotesScale {
    static final String NAME = "NotesScale";

    /** How many notes a node writes together. */
    static final List<Integer> TOGETHER = List.of(1, 100);

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int SESSIONS = 10_000;

    private final Kind kind;
    private final ScaleStore store;
    private final LoginStore logins;
    private final List<LoginId> ids = new ArrayList<>();
    private final Random random = new Random(1);
    private Instant now = Rows.NOW;

    private NotesScale(Kind kind, ScaleStore store, LoginStore logins) {
        this.kind = kind;
        this.store = store;
        this.logins = logins;
        IntStream.range(0, SESSIONS).mapToObj(i -> Rows.of("user-" + i)).forEach(this::add);
    }

    private void add(LoginRow row) {
        if (!logins.insert(row, UNLIMITED, Set.of(), now)) {
            throw new AssertionError("there is no limit");
        }
        ids.add(row.id());
    }

    /**
     * Measures notes that are written, and notes that the note of another node has made superfluous.
     *
     * @param rounds how often each session is noted for each figure
     */
    static List<Row> measure(Kind kind, int rounds) {
        List<Row> rows = new ArrayList<>();
        try (ScaleStore store = kind.start();
                SharedStorage node = store.node(store.port(), 2)) {
            NotesScale scale = new NotesScale(kind, store, node.logins());
            TOGETHER.forEach(together -> scale.measure(together, rounds, rows));
        }
        return rows;
    }

    private void measure(int together, int rounds, List<Row> rows) {
        double written = 0;
        double superfluous = 0;
        double unused = micros(together, INTERVAL);
        for (int round = 0; round < rounds; round++) {
            written += micros(together, INTERVAL) / rounds;
            superfluous += micros(together, Duration.ofSeconds(1)) / rounds;
        }
        add(rows, together, "written", written);
        add(rows, together, "superfluous", superfluous);
    }

    /** Notes each session once, later than before. Returns the microseconds of the server for each note. */
    private double micros(int together, Duration later) {
        now = now.plus(later);
        Collections.shuffle(ids, random);
        Duration cpu = store.cpuTime();
        for (int from = 0; from < SESSIONS; from += together) {
            Map<LoginId, Instant> notes = ids.subList(from, from + together).stream()
                    .collect(Collectors.toMap(Function.identity(), id -> now));
            if (logins.touchAll(notes, INTERVAL).size() != together) {
                throw new AssertionError("a session is gone");
            }
        }
        return store.cpuTime().minus(cpu).toNanos() / 1e3 / SESSIONS;
    }

    private void add(List<Row> rows, int together, String what, double micros) {
        Map<String, String> params = Map.of("store", kind.title(), "together", "" + together, "what", what);
        double rounded = Row.rounded(micros);
        rows.add(new Row(NAME, params, 1, rounded, rounded, "us", 0));
    }
}
