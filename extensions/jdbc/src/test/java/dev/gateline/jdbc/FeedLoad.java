package dev.gateline.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.LoginId;
import dev.gateline.servers.MariadbServer;
import dev.gateline.servers.PostgresServer;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed.Subscriber;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures how soon a second node hears of changes under load. It is a program and no test. The arguments are {@code
 * postgresql} or {@code mariadb}, the changes a second, the seconds, and optionally {@code holes}: numbers of the log
 * that are never used. On PostgreSQL that is one number a second, on MariaDB every second number.
 */
final class FeedLoad implements Subscriber {
    private static final int WRITERS = 16;

    private final Map<String, Long> published = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
    private final AtomicLong proof = new AtomicLong(System.nanoTime());
    private final AtomicLong oldestProof = new AtomicLong();

    public static void main(String[] arguments) throws Exception {
        boolean postgres = arguments[0].equals("postgresql");
        boolean holes = arguments.length > 3 && arguments[3].equals("holes");
        String url = postgres ? PostgresServer.shared().url() : MariadbServer.url("load");
        try (HikariDataSource pool = pool(url, holes && !postgres);
                JdbcStorage writer = JdbcStorage.of(pool).createIfMissing();
                JdbcStorage reader = JdbcStorage.of(pool)) {
            new FeedLoad().run(pool, writer, reader, arguments, postgres && holes);
        }
        System.exit(0);
    }

    private static HikariDataSource pool(String url, boolean everySecond) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(WRITERS + 8);
        if (everySecond) {
            config.setConnectionInitSql("SET SESSION auto_increment_increment = 2");
        }
        return new HikariDataSource(config);
    }

    private void run(HikariDataSource pool, JdbcStorage writer, JdbcStorage reader, String[] arguments, boolean burn)
            throws Exception {
        int rate = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        CountDownLatch ready = new CountDownLatch(1);
        reader.feed().subscribe(this);
        writer.feed().subscribe(new FeedLoad());
        ready.await(3, TimeUnit.SECONDS);
        publish(writer, rate, 2, pool, burn);
        ready.await(1, TimeUnit.SECONDS);
        latencies.clear();
        oldestProof.set(0);
        long start = System.nanoTime();
        long[] cpu = {
            ProcessHandle.current()
                    .info()
                    .totalCpuDuration()
                    .orElse(Duration.ZERO)
                    .toMillis()
        };
        int total = publish(writer, rate, seconds, pool, burn);
        double took = (System.nanoTime() - start) / 1e9;
        long clientCpu = ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                - cpu[0];
        ready.await(2, TimeUnit.SECONDS);
        long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "%s asked %d/s, published %.0f/s, heard %d of %d, ms p50 %.1f p90 %.1f p99 %.1f max %.1f,"
                        + " oldest proof %.0f ms, CPU of the JVM %.2f cores%n",
                String.join(" ", arguments),
                rate,
                total / took,
                sorted.length,
                total,
                ms(sorted, 0.5),
                ms(sorted, 0.9),
                ms(sorted, 0.99),
                ms(sorted, 1),
                oldestProof.get() / 1e6,
                clientCpu / 1e3 / took);
    }

    private static double ms(long[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1, sorted.length * part)] / 1e6;
    }

    private int publish(JdbcStorage writer, int rate, int seconds, HikariDataSource pool, boolean burn)
            throws InterruptedException {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        long start = System.nanoTime();
        AtomicLong next = new AtomicLong();
        int total = rate * seconds;
        for (int i = 0; i < WRITERS; i++) {
            writers.execute(() -> {
                for (long mine = next.getAndIncrement(); mine < total; mine = next.getAndIncrement()) {
                    long due = start + mine * 1_000_000_000L / rate;
                    while (System.nanoTime() - due < 0) {
                        java.util.concurrent.locks.LockSupport.parkNanos(due - System.nanoTime());
                    }
                    if (burn && mine % rate == 0) {
                        burn(pool);
                    }
                    String id = start + "-" + mine;
                    published.put(id, System.nanoTime());
                    writer.feed().publish(new Change.OfRow(new LoginId(id)));
                }
            });
        }
        writers.shutdown();
        writers.awaitTermination(10L * seconds + 60, TimeUnit.SECONDS);
        return total;
    }

    private static void burn(HikariDataSource pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT nextval(pg_get_serial_sequence('gateline_change', 'id'))");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void changed(Change change) {
        if (change instanceof Change.OfRow row) {
            Long at = published.remove(row.id().value());
            if (at != null) {
                latencies.add(System.nanoTime() - at);
            }
        }
    }

    @Override
    public void gap() {}

    @Override
    public void freshAsOf(long nanos) {
        long before = proof.getAndSet(nanos);
        long age = System.nanoTime() - before;
        oldestProof.accumulateAndGet(age, Math::max);
    }
}
