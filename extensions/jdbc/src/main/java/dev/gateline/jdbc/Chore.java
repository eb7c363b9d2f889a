package dev.gateline.jdbc;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * One kind of upkeep. It becomes due, one caller at a time does it, and its failure stops no other kind. Thread-safe.
 */
final class Chore {
    private static final System.Logger LOG = System.getLogger(JdbcStorage.class.getName());
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

    private final BooleanSupplier batch;
    private final AtomicLong dueAt = new AtomicLong(System.nanoTime());
    private final AtomicBoolean failing = new AtomicBoolean();

    /**
     * A chore that is due at once.
     *
     * @param batch deletes some rows, and says whether there may be more
     */
    Chore(BooleanSupplier batch) {
        this.batch = batch;
    }

    /**
     * Whether the caller has to do a batch now. The next batch is due after half a minute to a minute, at random, so
     * that nodes do not purge at the same time.
     */
    boolean takeIfDue() {
        long due = dueAt.get();
        long now = System.nanoTime();
        long longest = LONGEST_INTERVAL.toNanos();
        return now - due >= 0
                && dueAt.compareAndSet(due, now + ThreadLocalRandom.current().nextLong(longest / 2, longest));
    }

    /**
     * Does a batch. The next batch is due at once if there may be more rows. The first of a streak of failures is
     * logged.
     */
    void run() {
        try {
            if (batch.getAsBoolean()) {
                dueAt.set(System.nanoTime());
            }
            if (failing.getAndSet(false)) {
                LOG.log(System.Logger.Level.INFO, "expired rows are deleted again");
            }
        } catch (RuntimeException | Error e) {
            if (!failing.getAndSet(true)) {
                LOG.log(System.Logger.Level.WARNING, "expired rows stay in the database: {0}", e.getMessage());
            }
        }
    }

    /** Does all batches. Returns the failure, if there was one. */
    Optional<RuntimeException> finish() {
        try {
            boolean more;
            do {
                more = batch.getAsBoolean();
            } while (more);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }
}
