package dev.gateline.jwt;

import dev.gateline.AuthEvent;
import dev.gateline.AuthListener;
import dev.gateline.AuthUnavailableException;
import dev.gateline.engine.Reporter;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer elsewhere, fetched over HTTPS and kept in memory. Thread-safe.
 *
 * <p>A look-up is in memory, and takes no lock. The set is fetched again in the background before it gets old. Only a
 * caller who can't do without waits for a fetch, all for the same one: the first, one that names a key nobody knows (at
 * most one fetch in an interval, however many such tokens come), and one that comes when the last good set is too old.
 * A fetch that fails, or brings something that is not a set or has only keys that can't be used, leaves the last good
 * set in place for a while; beyond that, {@link #find} throws {@link AuthUnavailableException}. A key that is gone from
 * the set is gone at once.
 *
 * <p>Callers with an unknown key wait for at most the timeout, and at most 32 of them at once; to the others it is an
 * outage. One HTTP client is kept, with a thread of its own and a few that end when they are idle: {@link #close} ends
 * it.
 *
 * <p>Takes public keys for signatures only. A key without {@code alg} is taken for RS256 if it is an RSA key, else for
 * the algorithm of its curve; one that is weak, unknown or for encryption is passed over.
 */
public final class RemoteKeys implements KeySource, AutoCloseable {
    private static final Duration CLOCK_MARGIN = Duration.ofMinutes(1);

    /** Tokens that name an unknown key are an attacker's to send, and each holds a thread of the host's. */
    private static final int MOST_WAITING = 32;

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
    private final Semaphore unknownKeyWaiters = new Semaphore(MOST_WAITING);
    private volatile Instant attemptedAt = Instant.MIN;
    private volatile List<KeySet.PassedOver> toldAsPassedOver = List.of();
    private volatile String lastFailure = "";
    private volatile boolean closed;

    /** Where a set comes from. */
    interface Source {
        KeySet fetch();

        void close();
    }

    private record JwksAddress(RemoteDocument documents, URI address) implements Source {
        @Override
        public KeySet fetch() {
            return KeySet.read(documents.get(address));
        }

        @Override
        public void close() {
            documents.close();
        }
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
     * @param issuer https, exactly as tokens have it in {@code iss}; http too, if {@link Builder#metadataFrom} is set
     */
    public static Builder issuer(String issuer) {
        return new Builder(URI.create(issuer), issuer);
    }

    @Override
    public Optional<VerificationKey> find(String keyId) {
        if (closed) {
            throw new AuthUnavailableException("the remote keys are closed");
        }
        Instant now = clock.instant();
        Snapshot known = snapshot;
        if (!known.isWithin(refreshEvery, now)) {
            known = refreshed(known, now);
        } else if (!known.isWithin(refreshEvery.multipliedBy(3).dividedBy(4), now) && mayAttempt(now)) {
            CompletableFuture<Snapshot> unused = fetch(now);
        }
        Optional<VerificationKey> key = known.keys().find(keyId);
        return key.isPresent() ? key : forUnknownKey(now).keys().find(keyId);
    }

    private Snapshot forUnknownKey(Instant now) {
        String why = "the key is unknown";
        if (!isWaitedFor(now)) {
            return fetched(now, why);
        }
        if (!unknownKeyWaiters.tryAcquire()) {
            throw new AuthUnavailableException(why + ", and " + MOST_WAITING + " callers wait for a fetch already");
        }
        try {
            return fetched(now, why);
        } finally {
            unknownKeyWaiters.release();
        }
    }

    private boolean isWaitedFor(Instant now) {
        return inFlight.get() != null || mayAttempt(now);
    }

    /**
     * An old set is good only while it can't be fetched again: somebody waits for the try, the others see that it
     * failed.
     */
    private Snapshot refreshed(Snapshot known, Instant now) {
        boolean bearable = known.isWithin(refreshEvery.plus(staleFor), now);
        boolean failedSince = bearable && inFlight.get() == null && !mayAttempt(now);
        if (failedSince) {
            return known;
        }
        try {
            boolean isFirst = known.fetchedAt().equals(Instant.MIN);
            return fetched(now, isFirst ? "none were fetched yet" : "the last good set is too old");
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

    /**
     * Waits for a fetch, one that is under way or one of its own; if it may not try, takes what the last one brought.
     */
    private Snapshot fetched(Instant now, String why) {
        CompletableFuture<Snapshot> underWay = inFlight.get();
        if (underWay == null && !mayAttempt(now)) {
            Snapshot latest = snapshot;
            if (latest.isWithin(refreshEvery.plus(staleFor), now)) {
                return latest;
            }
            throw new AuthUnavailableException(
                    "keys can't be fetched (" + why + "); the last try was just now: " + lastFailure);
        }
        CompletableFuture<Snapshot> fetch = underWay == null ? fetch(now) : underWay;
        try {
            return fetch.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuthUnavailableException("interrupted while keys were fetched", e);
        } catch (ExecutionException e) {
            throw new AuthUnavailableException("keys can't be fetched (" + why + "): " + lastFailure, e);
        } catch (TimeoutException e) {
            throw new AuthUnavailableException("keys can't be fetched (" + why + "): not within " + timeout, e);
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
            tellPassedOver(fresh.keys().passedOver());
            checkReplaces(fresh.keys());
            snapshot = fresh;
            inFlight.set(null);
            mine.complete(fresh);
        } catch (RuntimeException | Error e) {
            failed(mine, e);
        }
    }

    /** One fetch at a time comes here. Once for each key, unless it was gone meanwhile. */
    private void tellPassedOver(List<KeySet.PassedOver> fresh) {
        for (KeySet.PassedOver key : fresh) {
            if (!toldAsPassedOver.contains(key)) {
                reporter.tell(new AuthEvent.KeyPassedOver(clock.instant(), key.keyId(), key.reason()));
            }
        }
        toldAsPassedOver = fresh;
    }

    /** An issuer that publishes only keys that nobody can use has made a mistake; one that publishes none means it. */
    private void checkReplaces(KeySet fresh) {
        boolean onlyUnusable = fresh.keys().isEmpty() && !fresh.passedOver().isEmpty();
        if (onlyUnusable && !snapshot.keys().keys().isEmpty()) {
            throw new IllegalStateException("the set has no key that can be used: " + fresh.passedOver());
        }
    }

    /** Whatever went wrong, no thread left for one: the next fetch must not wait for this one. */
    private void failed(CompletableFuture<Snapshot> mine, Throwable why) {
        lastFailure = String.valueOf(why.getMessage());
        inFlight.set(null);
        mine.completeExceptionally(why);
        reporter.tell(new AuthEvent.StoreUnavailable(clock.instant(), "fetch keys: " + why.getMessage()));
    }

    /**
     * Ends the HTTP client, unless it is the host's. From now on {@link #find} throws {@link AuthUnavailableException}.
     * Waits for a fetch that is under way, for its timeout at most. Before Java 21 the client's thread ends some
     * seconds later.
     */
    @Override
    public void close() {
        closed = true;
        source.close();
    }

    /** Describes where keys come from. Not thread-safe. */
    public static final class Builder {
        private final URI address;
        private final String issuer;
        private final Set<String> httpHosts = new HashSet<>();
        private @Nullable URI metadata;
        private @Nullable URI jwks;
        private @Nullable HttpClient client;
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
            if (client != null) {
                RemoteDocument.checkFollowsNoRedirects(client);
            }
            RemoteDocument documents = new RemoteDocument(timeout, client);
            TrustedAddresses addresses = new TrustedAddresses("address of keys", httpHosts);
            if (!issuer.isEmpty()) {
                addresses.check(metadata == null ? address : metadata);
                URI keys = jwks == null ? null : addresses.check(jwks);
                return new Discovery(documents, addresses, issuer, metadata, keys);
            }
            if (metadata != null || jwks != null) {
                throw new IllegalArgumentException(
                        "metadataFrom and jwksFrom are for an issuer; here the address of keys is wired");
            }
            return new JwksAddress(documents, addresses.check(address));
        }

        /** Lets keys come over http from this machine. Whoever is on the way could put in their own. */
        public Builder insecureHttpForLocalDevelopment() {
            httpHosts.addAll(TrustedAddresses.THIS_MACHINE);
            return this;
        }

        /**
         * Lets keys come over http from a host: {@code keycloak}, say, in a compose file. Whoever is on the way, or
         * answers for that name, could put in their own, and then sign as the issuer.
         *
         * @param host without scheme and port
         * @throws IllegalArgumentException if it is not only a host
         */
        public Builder insecureHttpFromHostInATrustedNetwork(String host) {
            httpHosts.add(TrustedAddresses.host(host));
            return this;
        }

        /**
         * Fetches the issuer's metadata from another address than its name leads to, such as its name inside a network.
         * It must name exactly the issuer all the same.
         *
         * @param metadata https
         */
        public Builder metadataFrom(URI metadata) {
            this.metadata = metadata;
            return this;
        }

        /**
         * Fetches the issuer's keys from another address than its metadata says. The metadata must name exactly the
         * issuer all the same.
         *
         * @param jwks https
         */
        public Builder jwksFrom(URI jwks) {
            this.jwks = jwks;
            return this;
        }

        /**
         * Sets the HTTP client: for a proxy, a trust store, or a client certificate.
         *
         * @param client follows no redirects, and is closed by the host; default: one for these keys
         */
        public Builder httpClient(HttpClient client) {
            this.client = client;
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
         * How old a set may get before it is fetched again: ahead of that if it is asked for, and otherwise whoever
         * asks next waits.
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
