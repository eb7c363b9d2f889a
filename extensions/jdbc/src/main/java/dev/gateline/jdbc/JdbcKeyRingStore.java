package dev.gateline.jdbc;

import dev.gateline.AuthUnavailableException;
import dev.gateline.internal.Micros;
import dev.gateline.internal.StoredText;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.Written;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A key ring in a row of a table, whose {@code version} is the tag. */
final class JdbcKeyRingStore implements KeyRingStore {
    private static final String EXISTS = "SELECT COUNT(*) FROM gateline_key_ring WHERE name = ?";
    private static final String LOAD = "SELECT version, content FROM gateline_key_ring WHERE name = ?";
    private static final String INSERT = "INSERT INTO gateline_key_ring (name, version, content) VALUES (?, ?, ?)";
    private static final String REPLACE =
            "UPDATE gateline_key_ring SET version = ?, content = ? WHERE name = ? AND version = ?";

    private final Database database;
    private final String name;

    JdbcKeyRingStore(Database database, String name) {
        this.database = database;
        this.name = name;
    }

    @Override
    public Optional<Document> load() {
        List<Document> found = secretly(() -> database.ask(
                "load a key ring",
                session -> session.query(
                        row -> new Document(row.getLong(1), StoredText.read(row.getBytes(2))), LOAD, name)));
        return found.stream().findFirst();
    }

    /**
     * If two nodes find no row, the primary key refuses one of them. That node tries again, and finds the other's row.
     */
    @Override
    public Written replace(Document next, long tag) {
        byte[] content = StoredText.bytes(next.text());
        boolean replaced = secretly(() -> database.ask("replace a key ring", session -> {
            if (tag != NONE) {
                return session.changedOne(REPLACE, next.tag(), content, name, tag);
            }
            return !session.exists(EXISTS, name) && session.changedOne(INSERT, name, next.tag(), content);
        }));
        return replaced ? Written.DONE : Written.STALE;
    }

    @Override
    public Instant now(Instant here) {
        return Micros.instant(database.ask(
                "ask for the time",
                session -> session.number("SELECT " + session.dialect().clock())));
    }

    /** Drops the cause of an outage, because the message of a driver may quote the row. */
    private static <T> T secretly(Supplier<T> work) {
        try {
            return work.get();
        } catch (AuthUnavailableException e) {
            throw new AuthUnavailableException(String.valueOf(e.getMessage()));
        }
    }
}
