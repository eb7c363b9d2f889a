package dev.gateline.jdbc;

import dev.gateline.spi.KeyRingStore;
import dev.gateline.spi.Written;
import java.util.Optional;

/** A key ring in a row. Thread-safe. */
final class JdbcKeyRing implements KeyRingStore {
    private final Database database;
    private final String name;

    JdbcKeyRing(Database database, String name) {
        this.database = database;
        this.name = name;
    }

    @Override
    public Optional<Document> load() {
        return database.run(
                "read a key ring",
                on -> on.first(
                        "SELECT version, document FROM gateline_key_ring WHERE name = ?",
                        row -> new Document(row.getLong(1), row.getString(2)),
                        name));
    }

    @Override
    public Written replace(Document next) {
        return database.atomically("replace a key ring", on -> {
            Optional<Long> stored = on.first(
                    "SELECT version FROM gateline_key_ring WHERE name = ? FOR UPDATE", row -> row.getLong(1), name);
            if (stored.orElse(0L) != next.version() - 1) {
                return Written.STALE;
            }
            int written = stored.isEmpty()
                    ? on.update(
                            "INSERT INTO gateline_key_ring (name, version, document) VALUES (?, ?, ?)",
                            name,
                            next.version(),
                            next.text())
                    : on.update(
                            "UPDATE gateline_key_ring SET version = ?, document = ? WHERE name = ?",
                            next.version(),
                            next.text(),
                            name);
            return written == 1 ? Written.DONE : Written.STALE;
        });
    }
}
