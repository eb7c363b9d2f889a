package dev.gateline.jdbc;

import dev.gateline.AuthUnavailableException;
import dev.gateline.spi.KeyRingStore;
import dev.gateline.spi.Written;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A key ring in a row of a table. */
final class JdbcKeyRingStore implements KeyRingStore {
    private static final String TABLE = "gateline_key_ring";
    private static final String THERE = "whether a key ring is there";
    private static final String EXISTS = Session.asking(THERE, "COUNT(name)", TABLE, "name = ?");
    private static final String OF_NAME = "a key ring by its name";
    private static final String LOAD = Session.asking(OF_NAME, "version, content", TABLE, "name = ?");
    private static final String INSERT = "INSERT INTO gateline_key_ring (name, version, content) VALUES (?, 1, ?)";
    private static final String REPLACE =
            "UPDATE gateline_key_ring SET version = ?, content = ? WHERE name = ? AND version = ?";

    private final Database database;
    private final String name;

    JdbcKeyRingStore(Database database, String name) {
        if (name.isEmpty() || name.length() > 40 || !name.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("name of a key ring: 1 to 40 visible ASCII characters, was " + name);
        }
        this.database = database;
        this.name = name;
    }

    @Override
    public Optional<Document> load() {
        List<Document> found = secretly(() -> database.ask(
                "load a key ring",
                session -> session.answers(
                        OF_NAME, row -> new Document(row.getLong(2), Columns.text(row.getBytes(3))), LOAD, name)));
        return found.stream().findFirst();
    }

    /** Of two that find nothing, one is refused by the primary key, tries again, and finds the other's. */
    @Override
    public Written replace(Document next) {
        byte[] content = Columns.bytes(next.text());
        boolean replaced = secretly(() -> database.ask("replace a key ring", session -> {
            if (next.version() != 1) {
                return session.changedOne(REPLACE, next.version(), content, name, next.version() - 1);
            }
            return session.count(THERE, EXISTS, name) == 0 && session.changedOne(INSERT, name, content);
        }));
        return replaced ? Written.DONE : Written.STALE;
    }

    /** What a driver says may quote the row that it was about. */
    private static <T> T secretly(Supplier<T> work) {
        try {
            return work.get();
        } catch (AuthUnavailableException e) {
            throw new AuthUnavailableException(String.valueOf(e.getMessage()));
        }
    }
}
