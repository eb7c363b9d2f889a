package dev.gateline.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a test has opened, to be closed with it, or once it has opened many more. */
final class Connected implements AutoCloseable {
    private final Databases kind;
    private static final int MOST = 16;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    Connected(Databases kind) {
        this.kind = kind;
    }

    /** A storage in a database of its own. */
    JdbcStorage storage() {
        return storage(kind.create());
    }

    /** A node with a pool of its own. */
    JdbcStorage storage(HikariDataSource pool) {
        open.addFirst(pool);
        JdbcStorage storage = Databases.storage(pool);
        open.addFirst(storage);
        while (open.size() > MOST) {
            AutoCloseable itsPool = open.removeLast();
            close(open.removeLast());
            close(itsPool);
        }
        return storage;
    }

    private static void close(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        open.forEach(Connected::close);
    }
}
