package dev.gateline.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the rate limits of a bounded number of names in memory. If there are too many names, it forgets the buckets of
 * which the smallest part is used up. A name that was used once is thus forgotten before a name under attack.
 * Thread-safe.
 */
final class MemoryRateLimitStore implements RateLimitStore {
    static final int MOST = 100_000;

    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final ReentrantLock forgetting = new ReentrantLock();

    private record Bucket(Instant fullAt, Rate rate) {

        /** The used part of the bucket: 0 if it is full, 1 if it is empty. */
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

    /** Limits the wait to that for an empty bucket, also after the clock was put back. */
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

    /** Forgets a tenth of the names, so that the names are rarely sorted. */
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

    /** The number of buckets that are kept, of which some may be full again. */
    int size() {
        return buckets.size();
    }
}
