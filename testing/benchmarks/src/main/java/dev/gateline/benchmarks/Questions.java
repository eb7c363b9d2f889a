package dev.gateline.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How often a request turns to the store, once the session is known. What goes on beside requests shows as next to nothing. */
final class Questions {
    private static final int REQUESTS = 1_000;

    private Questions() {}

    static List<Row> measure() throws Exception {
        List<Row> rows = new ArrayList<>();
        for (SessionLibrary library : SessionLibrary.values()) {
            if (library.hasServer()) {
                Map<String, String> params = Map.of("library", library.name());
                double each = each(library);
                rows.add(new Row("Questions", params, 1, each, each, "a request", 0));
            }
        }
        return rows;
    }

    /** To a tenth. */
    private static double each(SessionLibrary library) throws Exception {
        try (Place place = Place.counting()) {
            SessionLibrary.Sessions sessions = library.open(place);
            String id = sessions.begin(1);
            find(sessions, id);
            int before = place.questions();
            find(sessions, id);
            return Math.rint((place.questions() - before) * 10.0 / REQUESTS) / 10;
        }
    }

    private static void find(SessionLibrary.Sessions sessions, String id) {
        for (int i = 0; i < REQUESTS; i++) {
            if (sessions.find(id).hashCode() == 0) {
                throw new IllegalStateException("never so; it must not be left out as unused");
            }
        }
    }
}
