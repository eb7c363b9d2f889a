package dev.gateline.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** What differs between databases. */
enum Dialect {
    /** PostgreSQL, which also wakes those who wait for changes. */
    POSTGRESQL("""
            INSERT INTO gateline_revocation (grain, name, epoch, until_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (grain, name) DO UPDATE SET
                epoch = GREATEST(gateline_revocation.epoch, EXCLUDED.epoch),
                until_at = GREATEST(gateline_revocation.until_at, EXCLUDED.until_at)""", "INSERT INTO gateline_lock (name, n) VALUES (?, 0) ON CONFLICT (name) DO NOTHING", """
            WITH told AS (INSERT INTO gateline_change (what) VALUES (?) RETURNING id)
            SELECT pg_notify('gateline', '') FROM told"""),

    /** H2, in its own mode. */
    H2("""
            MERGE INTO gateline_revocation r
            USING (VALUES (CAST(? AS SMALLINT), CAST(? AS VARCHAR), CAST(? AS BIGINT), CAST(? AS BIGINT)))
                AS s (grain, name, epoch, until_at)
            ON r.grain = s.grain AND r.name = s.name
            WHEN MATCHED THEN UPDATE SET
                epoch = GREATEST(r.epoch, s.epoch), until_at = GREATEST(r.until_at, s.until_at)
            WHEN NOT MATCHED THEN INSERT VALUES (s.grain, s.name, s.epoch, s.until_at)""", """
            MERGE INTO gateline_lock l USING (VALUES (CAST(? AS VARCHAR))) AS s (name) ON l.name = s.name
            WHEN NOT MATCHED THEN INSERT VALUES (s.name, 0)""", "INSERT INTO gateline_change (what) VALUES (?)");

    private final String mergeRevocation;
    private final String addLock;
    private final String tell;

    Dialect(String mergeRevocation, String addLock, String tell) {
        this.mergeRevocation = mergeRevocation;
        this.addLock = addLock;
        this.tell = tell;
    }

    /** Grain, name, epoch, until. */
    String mergeRevocation() {
        return mergeRevocation;
    }

    /** A row to lock, unless it is there. */
    String addLock() {
        return addLock;
    }

    /** A change, to all nodes. */
    String tell() {
        return tell;
    }

    static Dialect of(DataSource source) {
        try (Connection connection = source.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            return Arrays.stream(values())
                    .filter(dialect -> dialect.name().equals(product.toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new DatabaseException(
                            "the database is " + product + "; PostgreSQL and H2 are what this works with"));
        } catch (SQLException e) {
            throw new DatabaseException("ask the database what it is", e);
        }
    }

    /** Statements that make the tables where they are missing. */
    List<String> tables() {
        String file = name().toLowerCase(Locale.ROOT) + ".sql";
        try (InputStream in = Dialect.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not in the jar");
            }
            String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .collect(Collectors.joining("\n"));
            return Arrays.stream(sql.split(";", -1))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
