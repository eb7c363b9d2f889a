package dev.gateline.jwt;

import dev.gateline.AuthUnavailableException;
import dev.gateline.store.KeyRingStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says when a ring has to look at its store: every ten seconds; at once when the store tells that the ring may have
 * changed; and every two seconds while the store can't prove that it tells of all changes. Spans are measured by the
 * clock and by the monotonic one, and the longer counts: a clock may be put back, and a machine may sleep. Thread-safe.
 */
final class Looks implements KeyRingStore.Listener {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration EVERY_UNPROVEN = Duration.ofSeconds(2);

    /** A caller that comes so long after the last look waits for the next one. */
    static final Duration BEHIND = EVERY.multipliedBy(3);

    /** How often an unknown key makes a node look. */
    private static final Duration EVERY_UNKNOWN = Duration.ofSeconds(1);

    private final Clock clock;
    private final Duration staleFor;
    private final AtomicLong heard = new AtomicLong();
    private volatile boolean tells;
    private volatile long lastChange;
    private volatile long provenAsOf = System.nanoTime() - EVERY.toNanos();
    private volatile Moment tried;
    private volatile Moment loaded;

    /**
     * A moment by both clocks.
     *
     * @param heard how often the store has told of something by then
     */
    record Moment(Instant at, long nanos, long heard) {

        /** Whether it is less than that long ago. Threads overtake each other, so it may be a little ahead. */
        private boolean isWithin(Duration span, Moment now) {
            return Duration.ofNanos(now.nanos - nanos).compareTo(span) < 0
                    && now.at.isBefore(at.plus(span))
                    && at.isBefore(now.at.plus(span));
        }
    }

    /**
     * Begins with a look that is about to be made.
     *
     * @param staleFor how long the ring in memory is good while looks fail
     */
    Looks(Duration staleFor, Clock clock) {
        this.clock = clock;
        this.staleFor = staleFor;
        tried = now();
        loaded = tried;
    }

    /** To be called once the ring has been read: a store that is out of reach need not begin to tell. */
    void listenTo(KeyRingStore store) {
        tells = store.subscribe(this);
    }

    Moment now() {
        long told = heard.get();
        return new Moment(clock.instant(), System.nanoTime(), told);
    }

    boolean isDue(Moment now) {
        return isNews() || !tried.isWithin(EVERY, now) || (!isProven(now) && !tried.isWithin(EVERY_UNPROVEN, now));
    }

    /** Whether a caller must not go on with the ring in memory while another looks. */
    boolean isWorthWaitingFor(Moment now) {
        return isNews() || isOutdated() || !tried.isWithin(BEHIND, now) || (!isProven(now) && !hasFailed());
    }

    boolean isDueForUnknownKey(Moment now) {
        return !tried.isWithin(EVERY_UNKNOWN, now);
    }

    /** Whether the store has told of something that no look has followed yet. */
    boolean isNews() {
        return heard.get() > tried.heard;
    }

    /** Whether the ring in memory is known to be an old one. */
    boolean isOutdated() {
        return lastChange > loaded.heard;
    }

    private boolean isProven(Moment now) {
        return !tells || loaded.isWithin(EVERY_UNPROVEN, now) || isToldOfAll(now);
    }

    private boolean isToldOfAll(Moment now) {
        return heard.get() == loaded.heard && now.nanos - provenAsOf < EVERY_UNPROVEN.toNanos();
    }

    /** Whether the last look could not read the ring. */
    boolean hasFailed() {
        return loaded.nanos < tried.nanos;
    }

    void tried(Moment began) {
        tried = began;
    }

    /** Notes that the stored ring of a moment, or a later one, is in memory. */
    synchronized void loaded(Moment began) {
        loaded = began.nanos > loaded.nanos ? began : loaded;
    }

    /**
     * Proves that the ring in memory may be used.
     *
     * @param outdated by {@link #isOutdated()}, as it was when there was no news that no look had followed
     */
    void check(Moment now, boolean outdated) {
        if (outdated) {
            throw new AuthUnavailableException("the key ring has changed, and could not be read since");
        }
        if (!isLoaded(now)) {
            throw new AuthUnavailableException("the key ring could not be read for " + staleFor);
        }
    }

    /** Whether the ring in memory was read lately enough to be good without its store. */
    boolean isLoaded(Moment now) {
        return loaded.isWithin(staleFor, now);
    }

    @Override
    public void changed() {
        lastChange = heard.incrementAndGet();
    }

    @Override
    public void mayHaveChanged() {
        heard.incrementAndGet();
    }

    @Override
    public void freshAsOf(long nanos) {
        provenAsOf = nanos;
    }
}
