package dev.gateline.jwt;

import dev.gateline.AuthEvent;
import dev.gateline.engine.Reporter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Fetches a key set in the background, one fetch at a time, with a pause between two. The last good set stays until
 * there is a better one. Thread-safe; takes no lock.
 */
final class KeyFetches {
    private final JwksSource source;
    private final SignatureProvider signatures;
    private final Duration pause;
    private final Executor executor;
    private final Clock clock;
    private final Reporter reporter;
    private final AtomicReference<Fetch> lastOne =
            new AtomicReference<>(new Fetch(Instant.MIN, CompletableFuture.completedFuture(FetchedKeys.NONE)));
    private volatile FetchedKeys latest = FetchedKeys.NONE;
    private volatile List<KeySet.PassedOver> toldAsPassedOver = List.of();
    private volatile String lastFailure = "";

    /** A fetch that is under way, or has ended. */
    private record Fetch(Instant begunAt, CompletableFuture<FetchedKeys> keys) {}

    /**
     * Begins without a fetch.
     *
     * @param signatures the provider that checks the signatures of the keys
     * @param pause the shortest time between the beginnings of two fetches
     * @param executor the executor that runs the fetches
     */
    KeyFetches(
            JwksSource source,
            SignatureProvider signatures,
            Duration pause,
            Executor executor,
            Clock clock,
            Reporter reporter) {
        this.source = source;
        this.signatures = signatures;
        this.pause = pause;
        this.executor = executor;
        this.clock = clock;
        this.reporter = reporter;
    }

    /** The last good set. */
    FetchedKeys latest() {
        return latest;
    }

    /** The reason why the last fetch failed; empty if it has succeeded, or none has ended. */
    String lastFailure() {
        return lastFailure;
    }

    private Fetch last() {
        return Objects.requireNonNull(lastOne.get());
    }

    boolean isUnderWay() {
        return !last().keys().isDone();
    }

    boolean mayBegin(Instant now) {
        return mayFollow(last(), now);
    }

    private boolean mayFollow(Fetch before, Instant now) {
        return !FetchedKeys.isLessThanAgo(pause, before.begunAt(), now);
    }

    /** The fetch that is under way, or a new one; empty if it is too early for one. */
    Optional<CompletableFuture<FetchedKeys>> join(Instant now) {
        Fetch before = last();
        if (!before.keys().isDone()) {
            return Optional.of(before.keys());
        }
        return mayFollow(before, now) ? Optional.of(follow(before, now)) : Optional.empty();
    }

    /** A new fetch, or that of another caller who was faster. */
    private CompletableFuture<FetchedKeys> follow(Fetch before, Instant now) {
        CompletableFuture<FetchedKeys> mine = new CompletableFuture<>();
        if (!lastOne.compareAndSet(before, new Fetch(now, mine))) {
            return last().keys();
        }
        try {
            executor.execute(() -> run(mine, now));
        } catch (RuntimeException | Error e) {
            failed(mine, e);
        }
        return mine;
    }

    private void run(CompletableFuture<FetchedKeys> mine, Instant now) {
        try {
            FetchedKeys fresh = new FetchedKeys(source.fetch().usableBy(signatures), now);
            tellPassedOver(fresh.keys().passedOver());
            checkReplaces(fresh.keys());
            latest = fresh;
            lastFailure = "";
            mine.complete(fresh);
        } catch (RuntimeException | Error e) {
            failed(mine, e);
        }
    }

    /**
     * Reports each key that can't be used once, unless it was missing in between. Only one fetch at a time calls this.
     */
    private void tellPassedOver(List<KeySet.PassedOver> fresh) {
        for (KeySet.PassedOver key : fresh) {
            if (!toldAsPassedOver.contains(key)) {
                reporter.tell(new AuthEvent.KeyPassedOver(clock.instant(), key.keyId(), key.reason()));
            }
        }
        toldAsPassedOver = fresh;
    }

    /**
     * Checks that a fresh set may replace the last one. An issuer that publishes only keys that nobody can use has made
     * a mistake. An empty set is intended.
     */
    private void checkReplaces(KeySet fresh) {
        boolean onlyUnusable = fresh.keys().isEmpty() && !fresh.passedOver().isEmpty();
        if (onlyUnusable && !latest.keys().keys().isEmpty()) {
            throw new IllegalStateException("the set has no key that can be used: " + fresh.passedOver());
        }
    }

    /**
     * Ends a fetch that has failed, also if there was no thread for it, because the next fetch must not wait for this
     * one.
     */
    private void failed(CompletableFuture<FetchedKeys> mine, Throwable why) {
        String message = why.getMessage();
        String failure = message == null || message.isBlank() ? why.getClass().getName() : message;
        lastFailure = failure;
        mine.completeExceptionally(why);
        reporter.tell(new AuthEvent.StoreUnavailable(clock.instant(), "fetch keys: " + failure));
    }

    /** Ends the HTTP client, unless the host has set it, and waits for the fetch under way. */
    void close() {
        source.close();
    }
}
