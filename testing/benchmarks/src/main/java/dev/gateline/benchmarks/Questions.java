package dev.gateline.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How often a request turns to the store, and with how many commands or statements, once the session is known. Work
 * beside requests adds next to nothing.
 */
final class Questions {
    private static final int REQUESTS = 1_000;

    private Questions() {}

    static List<Row> measure() throws Exception {
        List<Row> rows = new ArrayList<>();
        for (SessionLibrary library : SessionLibrary.values()) {
            if (library.hasServer()) {
                rows.addAll(of(library));
            }
        }
        return rows;
    }

    private static List<Row> of(SessionLibrary library) throws Exception {
        try (Place place = Place.counting()) {
            SessionLibrary.Sessions sessions = library.open(place);
            String id = sessions.begin(1);
            find(sessions, id);
            long ways = place.questions();
            long commands = place.commands();
            find(sessions, id);
            long commandsAfter = place.commands();
            long waysAfter = place.questions();
            return List.of(
                    row("Questions", library, waysAfter - ways), row("Commands", library, commandsAfter - commands));
        }
    }

    /** To a tenth. */
    private static Row row(String what, SessionLibrary library, long count) {
        double each = Math.rint(count * 10.0 / REQUESTS) / 10;
        return new Row(what, Map.of("library", library.name()), 1, each, each, "a request", 0);
    }

    private static void find(SessionLibrary.Sessions sessions, String id) {
        for (int i = 0; i < REQUESTS; i++) {
            if (sessions.find(id).hashCode() == 0) {
                throw new IllegalStateException("never so; it must not be left out as unused");
            }
        }
    }
}
