package dev.gateline.benchmarks;

import dev.gateline.benchmarks.ScaleStore.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Measures how far one server carries many nodes, and writes the tables of {@code docs/scale.md}. */
public final class Scale {
    private static final int HERD = 30;

    /**
     * How much is measured.
     *
     * @param span for how long each rate of changes is kept
     * @param readers how many nodes read the feed
     * @param revocations how many are live as a node starts
     * @param herdRevocations how many are live as {@link #HERD} nodes read them again
     * @param notes how often the uses of all sessions are noted
     */
    private record Extent(Duration span, List<Integer> readers, int revocations, int herdRevocations, int notes) {
        static final Extent FULL = new Extent(Duration.ofSeconds(10), List.of(2, 10, 30), 1_000_000, 50_000, 10);
        static final Extent SHORT = new Extent(Duration.ofSeconds(2), List.of(2, 30), 100_000, 20_000, 2);
    }

    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** The feeds log that they are lost, as they are meant to be. */
    private static final Logger LOG = Logger.getLogger("dev.gateline");

    private Scale() {}

    /** Waits for at most ten minutes. Returns how long that was. */
    static Duration await(String what, BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began > LONGEST.toNanos()) {
                throw new AssertionError("not within " + LONGEST + ": " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /**
     * Measures, and writes the page.
     *
     * @param args the folder for the page and its figures; {@code --short} to measure less, {@code --page} to make the
     *     page anew of the figures that are there, {@code --notes} or {@code --herd} to measure only the notes of uses
     *     or the breaks of all nodes anew
     */
    public static void main(String[] args) throws Exception {
        LOG.setLevel(Level.OFF);
        Path folder = Path.of(args[0]);
        Path figures = folder.resolve("scale/results.json");
        List<String> options = Arrays.asList(args);
        if (options.contains("--notes")) {
            anew(Results.read(figures), NotesScale.NAME, notes(Extent.FULL)).write(figures);
        } else if (options.contains("--herd")) {
            anew(Results.read(figures), HerdScale.NAME, herds(Extent.FULL)).write(figures);
        } else if (!options.contains("--page")) {
            measure(options.contains("--short") ? Extent.SHORT : Extent.FULL).write(figures);
        }
        ScaleReport.write(Results.read(figures), folder);
        System.exit(0);
    }

    private static Results measure(Extent extent) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int readers : extent.readers()) {
                note(kind, readers + " readers");
                rows.addAll(FeedScale.measure(kind, readers, extent.span()));
            }
            note(kind, extent.revocations() + " revocations");
            rows.addAll(LoadScale.measure(kind, extent.revocations()));
        }
        rows.addAll(herds(extent));
        rows.addAll(notes(extent));
        return new Results(LocalDate.now(ZoneOffset.UTC).toString(), Run.machine(), Run.jdk(), Place.versions(), rows);
    }

    private static List<Row> notes(Extent extent) {
        List<Row> rows = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            note(kind, "notes of uses");
            rows.addAll(NotesScale.measure(kind, extent.notes()));
        }
        return rows;
    }

    private static List<Row> herds(Extent extent) {
        List<Row> rows = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            note(kind, HERD + " nodes after a break");
            rows.addAll(HerdScale.measure(kind, HERD, extent.herdRevocations()));
        }
        return rows;
    }

    private static Results anew(Results old, String name, List<Row> measured) {
        List<Row> rows = new ArrayList<>(old.rows());
        rows.removeIf(row -> row.is(name));
        rows.addAll(measured);
        return new Results(old.date(), old.machine(), old.jdk(), old.versions(), rows);
    }

    private static void note(Kind kind, String what) {
        System.out.println(kind.title() + ", " + what);
    }
}
