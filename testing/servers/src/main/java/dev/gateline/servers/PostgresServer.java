package dev.gateline.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL that keeps what it has acknowledged when it is killed. Ends with the JVM at the latest. Not thread-safe.
 */
public final class PostgresServer implements Server {
    private static final Object LOCK = new Object();
    private static final List<PostgresServer> SHARED = new ArrayList<>();

    private final int port = Ports.free();
    private final Path data;
    private final Path copy;
    private @Nullable EmbeddedPostgres server;

    /** One for all tests of this JVM that spare what others have in it. */
    public static PostgresServer shared() {
        synchronized (LOCK) {
            if (SHARED.isEmpty()) {
                SHARED.add(new PostgresServer());
            }
            return SHARED.get(0);
        }
    }

    /** Starts one of one's own. */
    public PostgresServer() {
        try {
            data = Files.createTempDirectory("gateline-postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        copy = data.resolveSibling(data.getFileName() + "-copy");
        start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
    }

    @Override
    public void start() {
        try {
            server = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    // the machine is not what these tests take away
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int port() {
        return port;
    }

    /**
     * Starts it again as a standby that no primary sends anything: it answers reads, ever older ones, and takes no
     * writes.
     */
    public void restartAsStalledStandby() {
        stop();
        try {
            Files.createFile(data.resolve("standby.signal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    /** Where it listens, as drivers want it. */
    public String url() {
        return url(port);
    }

    /** Where it is found behind a {@link Wire}. */
    public static String url(int atPort) {
        return "jdbc:postgresql://localhost:" + atPort + "/postgres?user=postgres&password=postgres";
    }

    @Override
    public void freeze() {
        Processes.signal("STOP", process());
    }

    @Override
    public void thaw() {
        Processes.signal("CONT", process());
    }

    /** The processor time that its processes have used. A process that has ended counts no more. */
    public Duration cpuTime() {
        return Processes.cpuTime(process());
    }

    @Override
    public void kill() {
        Processes.kill(process());
        stop();
    }

    private ProcessHandle process() {
        try {
            String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
            return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            Objects.requireNonNull(server, "not started").close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the next connection of a pool has prepared a statement at the server that contains a text. */
    public static boolean hasPrepared(DataSource pool, String text) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet prepared = statement.executeQuery("SELECT statement FROM pg_prepared_statements")) {
            boolean found = false;
            while (prepared.next()) {
                found |= prepared.getString(1).contains(text);
            }
            return found;
        }
    }

    /** Keeps a copy of all that it has, and restarts it for that. */
    public void keepCopy() {
        stop();
        Trees.delete(copy);
        Trees.copy(data, copy);
        start();
    }

    /** Ends it as {@code kill -9} does, and starts it with what it had when {@link #keepCopy()} was called last. */
    public void goBackToCopy() {
        kill();
        Trees.delete(data);
        Trees.copy(copy, data);
        start();
    }

    private void delete() {
        Trees.delete(data);
        Trees.delete(copy);
    }

    @Override
    public void close() {
        stop();
        delete();
    }
}
