package dev.gateline.benchmarks;

import dev.gateline.jdbc.JdbcStorage;
import dev.gateline.redis.RedisStorage;
import dev.gateline.store.Revocation;
import dev.gateline.store.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** The size of one login among many in Redis and in PostgreSQL, indexes included. */
final class StoreFootprint {
    private final List<Row> rows = new ArrayList<>();
    private final int count;

    private StoreFootprint(int count) {
        this.count = count;
    }

    /** Measures all. */
    static List<Row> measure() throws Exception {
        StoreFootprint footprint = new StoreFootprint(Run.isShort() ? 100 : 10_000);
        for (SessionLibrary library : SessionLibrary.values()) {
            if (library.hasServer() && !library.isStrict()) {
                footprint.session(library);
            }
        }
        try (Place place = new Place()) {
            footprint.revocation(
                    "Redis", place, RedisStorage.builder(place.redis()).build());
        }
        try (Place place = new Place()) {
            footprint.revocation(
                    "PostgreSQL", place, JdbcStorage.of(place.pool()).createIfMissing());
        }
        return footprint.rows;
    }

    private void session(SessionLibrary library) throws Exception {
        try (Place place = new Place()) {
            SessionLibrary.Sessions sessions = library.open(place);
            measure(library.where() + ", a session, " + library.title(), place, sessions::begin);
        }
    }

    private <S extends Storage & AutoCloseable> void revocation(String where, Place place, S storage) throws Exception {
        place.closing(storage);
        Instant now = Instant.now();
        measure(where + ", a revocation and its entry in the feed, Gateline", place, i -> {
            String id = "%022d".formatted(i);
            storage.revocations()
                    .revoke(new Revocation(Revocation.Grain.LOGIN, id, 0, now.plus(Duration.ofMinutes(7))), now);
        });
    }

    private void measure(String what, Place place, IntConsumer one) throws Exception {
        long before = place.stored();
        for (int i = 0; i < count; i++) {
            one.accept(i);
        }
        rows.add(Row.single("StoreFootprint", what, Math.rint((place.stored() - before) / (double) count), "bytes"));
    }
}
