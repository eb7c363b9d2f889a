package dev.gateline.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Rate limits in memory, of a bounded number of names. Once there are too many, those of which the smallest part is
 * used up are forgotten: names that were used once go before one that is under attack, however soon its bucket is full
 * again. Thread-safe.
 */
final class MemoryRateLimitStore implements RateLimitStore {
    static final int MOST = 100_000;

    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final ReentrantLock forgetting = new ReentrantLock();

    private record Bucket(Instant fullAt, Rate rate) {

        /** From 0 if it is full to 1 if it is empty. */
        double used(Instant now) {
            return (double) Duration.between(now, fullAt).toMillis()
                    / rate.span().toMillis();
        }
    }

    private record Candidate(String name, Bucket bucket, double used) {}

    @Override
    public Duration take(String name, Rate rate, Instant now) {
        Duration[] wait = {Duration.ZERO};
        buckets.compute(name, (same, kept) -> {
            Instant full = within(kept == null ? now : kept.fullAt(), rate, now);
            Instant next = full.plus(rate.each());
            Duration excess = Duration.between(now.plus(rate.span()), next);
            wait[0] = excess.isNegative() ? Duration.ZERO : excess;
            return new Bucket(wait[0].isZero() ? next : full, rate);
        });
        forgetSome(now);
        return wait[0];
    }

    @Override
    public void giveBack(String name, Rate rate, Instant now) {
        buckets.computeIfPresent(name, (same, kept) -> {
            Instant full = within(kept.fullAt(), rate, now).minus(rate.each());
            return full.isAfter(now) ? new Bucket(full, rate) : null;
        });
    }

    /** A clock that was put back makes nobody wait for longer than an empty bucket does. */
    private static Instant within(Instant kept, Rate rate, Instant now) {
        Instant latest = now.plus(rate.span());
        Instant known = kept.isBefore(now) ? now : kept;
        return known.isAfter(latest) ? latest : known;
    }

    private void forgetSome(Instant now) {
        if (buckets.size() > MOST && forgetting.tryLock()) {
            try {
                buckets.values().removeIf(bucket -> !bucket.fullAt().isAfter(now));
                forgetLeastUsed(now);
            } finally {
                forgetting.unlock();
            }
        }
    }

    /** A tenth at a time, so that the work of a sort is done rarely. */
    private void forgetLeastUsed(Instant now) {
        int tooMany = buckets.size() - MOST + MOST / 10;
        if (buckets.size() > MOST) {
            List<Candidate> leastUsed = buckets.entrySet().stream()
                    .map(entry -> new Candidate(
                            entry.getKey(), entry.getValue(), entry.getValue().used(now)))
                    .sorted(Comparator.comparingDouble(Candidate::used))
                    .limit(tooMany)
                    .toList();
            leastUsed.forEach(candidate -> buckets.remove(candidate.name(), candidate.bucket()));
        }
    }

    /** How many buckets are not full, as far as is known. */
    int size() {
        return buckets.size();
    }
}
