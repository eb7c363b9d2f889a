package dev.gateline.jwt;

import dev.gateline.AuthUnavailableException;
import dev.gateline.internal.Micros;
import dev.gateline.store.KeyRingStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Says when a ring has to read its store: every ten seconds, at once when the store reports a possible change, and
 * every two seconds while the store can't prove that it reports all changes. Spans are measured by the clock and by the
 * monotonic clock, and the longer one counts, because a clock may be put back and a machine may sleep. Thread-safe.
 */
final class Looks implements KeyRingStore.Listener {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration EVERY_UNPROVEN = Duration.ofSeconds(2);

    /** The age of the last look after which a caller waits for the next one. */
    static final Duration BEHIND = EVERY.multipliedBy(3);

    /** The shortest time between two looks that unknown keys cause, and between two attempts to make a key. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Clock clock;
    private final Duration staleFor;
    private final AtomicLong heard = new AtomicLong();
    private volatile boolean tells;
    private volatile long lastChange;
    private volatile long provenAsOf = System.nanoTime() - EVERY.toNanos();
    private volatile Moment tried;
    private volatile Moment loaded;
    private volatile @Nullable Moment failed;

    /**
     * A moment by both clocks.
     *
     * @param heard the number of reports of the store by then
     */
    record Moment(Instant at, long nanos, long heard) {

        /**
         * Whether the moment is less than a span away from now. It may be a little later than now, because threads
         * overtake each other. Each request asks, so it makes no object.
         */
        private boolean isWithin(Duration span, Moment now) {
            long apart = Micros.of(now.at) - Micros.of(at);
            return now.nanos - nanos < span.toNanos() && Math.abs(apart) < Micros.of(span);
        }
    }

    /**
     * Begins before the first look, which counts as made.
     *
     * @param staleFor how long the ring in memory is good while looks fail
     */
    Looks(Duration staleFor, Clock clock) {
        this.clock = clock;
        this.staleFor = staleFor;
        tried = now();
        loaded = tried;
    }

    /**
     * Subscribes to the reports of the store. Call it after the ring has been read, so that a store out of reach starts
     * no feed.
     */
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

    /** Whether a caller has to wait while another one looks, instead of using the ring in memory. */
    boolean isWorthWaitingFor(Moment now) {
        return isNews() || isOutdated() || !tried.isWithin(BEHIND, now) || (!isProven(now) && !hasFailed());
    }

    boolean isDueForUnknownKey(Moment now) {
        return !tried.isWithin(PAUSE, now);
    }

    /** Whether the store has made a report that no look has followed yet. */
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

    /** Notes an attempt that has failed, whether a look or the making of a key. */
    void failed(Moment began) {
        failed = began;
    }

    /** Whether an attempt has failed within the last second. */
    boolean hasJustFailed(Moment now) {
        Moment last = failed;
        return last != null && last.isWithin(PAUSE, now);
    }

    /** Notes that the stored ring of a moment, or a later one, is in memory. */
    synchronized void loaded(Moment began) {
        loaded = began.nanos > loaded.nanos ? began : loaded;
    }

    /**
     * Checks that the ring in memory may be used.
     *
     * @param outdated the answer of {@link #isOutdated()} when a look had followed every report
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
