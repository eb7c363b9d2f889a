package dev.gateline.benchmarks;

import static dev.gateline.benchmarks.ScaleReport.number;
import static dev.gateline.benchmarks.ScaleReport.row;
import static dev.gateline.benchmarks.ScaleReport.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * The work of one server for many nodes, calculated from the figures of a few. The page says where each number of the
 * load comes from.
 */
final class ScaleArithmetic {
    private static final double LOGINS_A_DAY = 1e7;
    private static final double PEAK = 5;
    private static final double LOGINS_A_SECOND = LOGINS_A_DAY / 86_400 * PEAK;
    private static final double MINUTES_IN_USE = 20;
    private static final double IN_USE = LOGINS_A_SECOND * MINUTES_IN_USE * 60;

    /** Each login ends once, and its credential is traded every so many minutes. */
    private static final double SESSION_CHANGES = LOGINS_A_SECOND + IN_USE / (15 * 60);

    private static final double JWT_CHANGES = LOGINS_A_SECOND + IN_USE / (5 * 60);

    /** Each ending is kept for seven minutes. */
    private static final double LIVE_REVOCATIONS = LOGINS_A_SECOND * 7 * 60;

    /** Each session is noted once a minute. */
    private static final double WRITTEN_NOTES = IN_USE / 60;

    /** Seven requests of a session in a minute go to seven nodes. */
    private static final double NOTES = 7 * WRITTEN_NOTES;

    private static final List<Integer> NODES = List.of(30, 100, 1_000);

    private ScaleArithmetic() {}

    private record Line(String what, ToDoubleBiFunction<ScaleFigures, Integer> value) {}

    private static final List<Line> LINES = List.of(
            new Line("changes a second, sessions", (figures, nodes) -> SESSION_CHANGES),
            new Line(
                    "cores of the server for the feed, sessions",
                    (figures, nodes) -> cores(figures, nodes, SESSION_CHANGES)),
            new Line("changes a second, JWT", (figures, nodes) -> JWT_CHANGES),
            new Line("cores of the server for the feed, JWT", (figures, nodes) -> cores(figures, nodes, JWT_CHANGES)),
            new Line("Mbit/s to the readers, JWT", (figures, nodes) -> JWT_CHANGES * nodes * figures.bytes() * 8 / 1e6),
            new Line("notes a second, sessions", (figures, nodes) -> NOTES),
            new Line("notes that are written, a second", (figures, nodes) -> WRITTEN_NOTES),
            new Line("cores of the server for the notes", (figures, nodes) -> coresForNotes(figures)),
            new Line("live revocations", (figures, nodes) -> LIVE_REVOCATIONS),
            new Line(
                    "MB of heap for them on each node",
                    (figures, nodes) -> LIVE_REVOCATIONS * figures.load("heap") / 1e6),
            new Line(
                    "s of the server's processor after a short break of all nodes",
                    (figures, nodes) -> nodes * figures.herd("cpu after a break") / figures.herdNodes()),
            new Line(
                    "s of the server's processor after a fail-over or a restart",
                    (figures, nodes) -> nodes * figures.herd("cpu after a fail-over") / figures.herdNodes()),
            new Line(
                    "s of the server's processor after a gap of all nodes",
                    (figures, nodes) -> nodes * LIVE_REVOCATIONS * figures.microsPerReread() / 1e6),
            new Line("connections", (figures, nodes) -> nodes * 2.0));

    private static double cores(ScaleFigures figures, int nodes, double changes) {
        return changes * (figures.microsPerChange() + nodes * figures.microsPerReader()) / 1e6;
    }

    private static double coresForNotes(ScaleFigures figures) {
        double written = WRITTEN_NOTES * figures.note(100, "written");
        double superfluous = (NOTES - WRITTEN_NOTES) * figures.note(100, "superfluous");
        return (written + superfluous) / 1e6;
    }

    static String table(List<ScaleFigures> all) {
        StringBuilder head = new StringBuilder("| at the peak |");
        StringBuilder rule = new StringBuilder("|---|");
        all.forEach(figures -> NODES.forEach(nodes -> {
            head.append(' ')
                    .append(figures.kind().title())
                    .append(", ")
                    .append(number(nodes))
                    .append(" nodes |");
            rule.append("---|");
        }));
        List<String> lines = new ArrayList<>(List.of(head.toString(), rule.toString()));
        for (Line line : LINES) {
            List<String> cells = new ArrayList<>(List.of(line.what()));
            all.forEach(figures ->
                    NODES.forEach(nodes -> cells.add(number(line.value().applyAsDouble(figures, nodes)))));
            lines.add(row(cells.toArray(String[]::new)));
        }
        return text(lines);
    }
}
