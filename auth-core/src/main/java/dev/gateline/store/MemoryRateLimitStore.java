package dev.gateline.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Rate limits in memory, of a bounded number of names. Once there are too many, those that would be full soonest are
 * forgotten: names that were used once go before one that is under attack. Thread-safe.
 */
final class MemoryRateLimitStore implements RateLimitStore {
    static final int MOST = 100_000;

    private final Map<String, Instant> fullAt = new ConcurrentHashMap<>();
    private final ReentrantLock forgetting = new ReentrantLock();

    @Override
    public Duration take(String name, Rate rate, Instant now) {
        Duration[] wait = {Duration.ZERO};
        fullAt.compute(name, (same, kept) -> {
            Instant full = within(kept == null ? now : kept, rate, now);
            Instant next = full.plus(rate.each());
            Duration excess = Duration.between(now.plus(rate.span()), next);
            wait[0] = excess.isNegative() ? Duration.ZERO : excess;
            return wait[0].isZero() ? next : full;
        });
        forgetSome(now);
        return wait[0];
    }

    @Override
    public void giveBack(String name, Rate rate, Instant now) {
        fullAt.computeIfPresent(name, (same, kept) -> {
            Instant full = within(kept, rate, now).minus(rate.each());
            return full.isAfter(now) ? full : null;
        });
    }

    /** A clock that was put back makes nobody wait for longer than an empty bucket does. */
    private static Instant within(Instant kept, Rate rate, Instant now) {
        Instant latest = now.plus(rate.span());
        Instant known = kept.isBefore(now) ? now : kept;
        return known.isAfter(latest) ? latest : known;
    }

    private void forgetSome(Instant now) {
        if (fullAt.size() > MOST && forgetting.tryLock()) {
            try {
                fullAt.values().removeIf(full -> !full.isAfter(now));
                forgetSoonestFull();
            } finally {
                forgetting.unlock();
            }
        }
    }

    /** A tenth at a time, so that the work of a sort is done rarely. */
    private void forgetSoonestFull() {
        int tooMany = fullAt.size() - MOST + MOST / 10;
        if (fullAt.size() > MOST) {
            List<Map.Entry<String, Instant>> soonest = fullAt.entrySet().stream()
                    .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                    .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                    .limit(tooMany)
                    .toList();
            soonest.forEach(entry -> fullAt.remove(entry.getKey(), entry.getValue()));
        }
    }

    /** How many buckets are not full, as far as is known. */
    int size() {
        return fullAt.size();
    }
}
