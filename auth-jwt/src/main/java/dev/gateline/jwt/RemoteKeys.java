package dev.gateline.jwt;

import dev.gateline.AuthEvent;
import dev.gateline.AuthListener;
import dev.gateline.AuthUnavailableException;
import dev.gateline.spi.Reporter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer elsewhere, fetched over HTTPS and kept in memory. Thread-safe.
 *
 * <p>A look-up is in memory, and takes no lock. The set is fetched again in the background before it gets old. Only a
 * caller who can't do without waits for a fetch, all for the same one: the first, one that names a key nobody knows (at
 * most one fetch in an interval, however many such tokens come), and one that comes when the last good set is too old. A
 * fetch that fails, or brings something that is not a set, leaves the last good set in place for a while; beyond that,
 * {@link #find} throws {@link AuthUnavailableException}. A key that is gone from the set is gone at once.
 *
 * <p>Takes public keys for signatures only. A key without {@code alg} is taken for RS256 if it is an RSA key, else for
 * the algorithm of its curve; one that is weak, unknown or for encryption is passed over.
 */
public final class RemoteKeys implements KeySource {
    private static final Duration CLOCK_MARGIN = Duration.ofMinutes(1);

    private final Source source;
    private final Duration timeout;
    private final Duration refreshEvery;
    private final Duration unknownKeyInterval;
    private final Duration staleFor;
    private final Clock clock;
    private final Reporter reporter;
    private final Executor executor;
    private final AtomicReference<@Nullable CompletableFuture<Snapshot>> inFlight = new AtomicReference<>();
    private volatile Snapshot snapshot = new Snapshot(KeySet.NONE, Instant.MIN);
    private volatile Instant attemptedAt = Instant.MIN;

    /** Where a set comes from. */
    interface Source {
        KeySet fetch();
    }

    private record Snapshot(KeySet keys, Instant fetchedAt) {
        boolean isWithin(Duration age, Instant now) {
            return isLessThanAgo(age, fetchedAt, now);
        }
    }

    private RemoteKeys(Builder builder) {
        check(builder.timeout, "timeout", Duration.ofMillis(100), Duration.ofMinutes(1));
        check(builder.unknownKeyInterval, "unknown key interval", Duration.ofSeconds(1), Duration.ofHours(1));
        check(builder.refreshEvery, "refresh every", builder.unknownKeyInterval, Duration.ofHours(24));
        check(builder.staleFor, "stale for", Duration.ZERO, Duration.ofHours(24));
        source = builder.source(builder.timeout);
        timeout = builder.timeout;
        refreshEvery = builder.refreshEvery;
        unknownKeyInterval = builder.unknownKeyInterval;
        staleFor = builder.staleFor;
        clock = builder.clock;
        reporter = new Reporter(clock, builder.listener);
        executor = builder.executor;
    }

    private static void check(Duration was, String what, Duration least, Duration most) {
        if (was.compareTo(least) < 0 || was.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + ": " + least + " to " + most + ", was " + was);
        }
    }

    /**
     * Keys from the address of a JWK Set. Nothing is fetched before the first token.
     *
     * @param jwks https
     */
    public static Builder jwks(URI jwks) {
        return new Builder(jwks, "");
    }

    /**
     * Keys of an issuer, by its metadata (RFC 8414, OpenID Connect Discovery), which must name exactly this issuer.
     *
     * @param issuer https, exactly as tokens have it in {@code iss}
     */
    public static Builder issuer(String issuer) {
        return new Builder(URI.create(issuer), issuer);
    }

    @Override
    public Optional<VerificationKey> find(String keyId) {
        Instant now = clock.instant();
        Snapshot known = snapshot;
        if (!known.isWithin(refreshEvery, now)) {
            known = refreshed(known, now);
        } else if (!known.isWithin(refreshEvery.multipliedBy(3).dividedBy(4), now) && mayAttempt(now)) {
            CompletableFuture<Snapshot> unused = fetch(now);
        }
        Optional<VerificationKey> key = known.keys().find(keyId);
        return key.isPresent() ? key : fetched(now, "the key is unknown").keys().find(keyId);
    }

    /** An old set is good only while it can't be fetched again: somebody waits for the try, the others see that it failed. */
    private Snapshot refreshed(Snapshot known, Instant now) {
        boolean bearable = known.isWithin(refreshEvery.plus(staleFor), now);
        boolean failedSince = bearable && inFlight.get() == null && !mayAttempt(now);
        if (failedSince) {
            return known;
        }
        try {
            return fetched(now, "the last good set is too old");
        } catch (AuthUnavailableException e) {
            if (bearable) {
                return known;
            }
            throw e;
        }
    }

    private boolean mayAttempt(Instant now) {
        return !isLessThanAgo(unknownKeyInterval, attemptedAt, now);
    }

    /** Whether something happened at most so long ago; what is to come does not count: the clock has been put back. */
    private static boolean isLessThanAgo(Duration span, Instant then, Instant now) {
        return then.isAfter(Instant.MIN) && now.isBefore(then.plus(span)) && !then.isAfter(now.plus(CLOCK_MARGIN));
    }

    /** Waits for a fetch, one that is under way or one of its own; if it may not try, takes what the last one brought. */
    private Snapshot fetched(Instant now, String why) {
        CompletableFuture<Snapshot> underWay = inFlight.get();
        if (underWay == null && !mayAttempt(now)) {
            Snapshot latest = snapshot;
            if (latest.isWithin(refreshEvery.plus(staleFor), now)) {
                return latest;
            }
            throw new AuthUnavailableException("keys can't be fetched: " + why + ", and the last try was just now");
        }
        CompletableFuture<Snapshot> fetch = underWay == null ? fetch(now) : underWay;
        try {
            return fetch.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuthUnavailableException("interrupted while keys were fetched", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AuthUnavailableException("keys can't be fetched: " + why, e);
        }
    }

    /** Starts a fetch, unless one is under way. */
    private CompletableFuture<Snapshot> fetch(Instant now) {
        CompletableFuture<Snapshot> mine = new CompletableFuture<>();
        CompletableFuture<Snapshot> other = inFlight.compareAndExchange(null, mine);
        if (other != null) {
            return other;
        }
        attemptedAt = now;
        try {
            executor.execute(() -> run(mine, now));
        } catch (RuntimeException | Error e) {
            failed(mine, e);
        }
        return mine;
    }

    private void run(CompletableFuture<Snapshot> mine, Instant now) {
        try {
            Snapshot fresh = new Snapshot(source.fetch(), now);
            tellPassedOver(fresh.keys());
            snapshot = fresh;
            inFlight.set(null);
            mine.complete(fresh);
        } catch (RuntimeException | Error e) {
            failed(mine, e);
        }
    }

    /** One fetch at a time comes here. Once for each key, unless it was gone meanwhile. */
    private void tellPassedOver(KeySet fresh) {
        for (KeySet.PassedOver key : fresh.passedOver()) {
            if (!snapshot.keys().passedOver().contains(key)) {
                reporter.tell(new AuthEvent.KeyPassedOver(clock.instant(), key.keyId(), key.reason()));
            }
        }
    }

    /** Whatever went wrong, no thread left for one: the next fetch must not wait for this one. */
    private void failed(CompletableFuture<Snapshot> mine, Throwable why) {
        inFlight.set(null);
        mine.completeExceptionally(why);
        reporter.tell(new AuthEvent.StoreUnavailable(clock.instant(), "fetch keys: " + why.getMessage()));
    }

    /** Describes where keys come from. Not thread-safe. */
    public static final class Builder {
        private final URI address;
        private final String issuer;
        private boolean insecureHttp;
        private Duration timeout = Duration.ofSeconds(5);
        private Duration refreshEvery = Duration.ofMinutes(5);
        private Duration unknownKeyInterval = Duration.ofSeconds(30);
        private Duration staleFor = Duration.ofHours(1);
        private Clock clock = Clock.systemUTC();
        private AuthListener listener = AuthListener.none();
        private Executor executor = Builder::onAThreadOfItsOwn;

        private Builder(URI address, String issuer) {
            this.address = address;
            this.issuer = issuer;
        }

        private static void onAThreadOfItsOwn(Runnable fetch) {
            Thread thread = new Thread(fetch, "gateline-remote-keys");
            thread.setDaemon(true);
            thread.start();
        }

        private Source source(Duration timeout) {
            RemoteDocument documents = new RemoteDocument(timeout, insecureHttp);
            documents.checkAddress(address);
            return issuer.isEmpty() ? () -> KeySet.read(documents.get(address)) : new Discovery(documents, issuer);
        }

        /** Lets keys come over http from this machine. Whoever is on the way could put in their own. */
        public Builder insecureHttpForLocalDevelopment() {
            insecureHttp = true;
            return this;
        }

        /**
         * How long a fetch may take.
         *
         * @param timeout 100 ms to 1 min; default 5 s
         */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /**
         * How old a set may get before it is fetched again: ahead of that if it is asked for, and otherwise whoever asks next
         * waits.
         *
         * @param span from the unknown key interval to 24 h; default 5 min
         */
        public Builder refreshEvery(Duration span) {
            refreshEvery = span;
            return this;
        }

        /**
         * How often a fetch is tried at most, because a token names an unknown key or because the last try failed.
         *
         * @param span 1 s to 1 h; default 30 s
         */
        public Builder unknownKeyInterval(Duration span) {
            unknownKeyInterval = span;
            return this;
        }

        /**
         * How long the last good set is used while it can't be fetched again.
         *
         * @param span 0 to 24 h; default 1 h
         */
        public Builder staleFor(Duration span) {
            staleFor = span;
            return this;
        }

        /**
         * Sets the clock.
         *
         * @param clock default: the system's
         */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Hears of fetches that failed, and once of each key that can't be used.
         *
         * @param listener default: none
         */
        public Builder listener(AuthListener listener) {
            this.listener = listener;
            return this;
        }

        Builder executor(Executor executor) {
            this.executor = executor;
            return this;
        }

        /**
         * Checks the whole; fetches nothing yet.
         *
         * @throws IllegalArgumentException naming the rule that is broken, and the value
         */
        public RemoteKeys build() {
            return new RemoteKeys(this);
        }
    }
}
