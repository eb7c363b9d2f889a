package dev.gateline.jwt;

import dev.gateline.AuthUnavailableException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The keys of another issuer, fetched over HTTPS and kept in memory. Thread-safe.
 *
 * <p>A look-up is in memory and takes no lock. The set is fetched again in the background before it gets old. A caller
 * waits for a fetch only in three cases: it is the first caller, its token names an unknown key, or the last good set
 * is too old. All callers wait for the same fetch, and unknown keys cause at most one fetch in an interval. If a fetch
 * fails, or brings no set or only keys that can't be used, the last good set stays for a while. After that, {@link
 * #find} throws an {@link AuthUnavailableException}. A key that is missing in a new set is not trusted any more.
 *
 * <p>A caller waits for at most the timeout. At most 32 callers at once wait because of an unknown key, or because
 * there is no good set and the last fetch has failed; for the others it is an outage. One HTTP client is kept, with a
 * thread of its own and a few that end when they are idle. {@link #close} ends it.
 *
 * <p>Only public keys for signatures are used. An RSA key without {@code alg} is used for RS256, and another key for
 * the algorithm of its curve. A key that is weak, unknown or for encryption is skipped.
 */
public final class RemoteKeys implements KeySource, AutoCloseable {
    /**
     * The greatest number of callers that wait because of an unknown key, or because no set could be fetched lately.
     * Attackers can send such tokens, and each holds a thread of the host.
     */
    static final int MOST_WAITING = 32;

    private final KeyFetches fetches;
    private final Duration timeout;
    private final Duration refreshEvery;
    private final Duration refreshAhead;
    private final Duration bearableFor;
    private final Clock clock;
    private final Semaphore waiters = new Semaphore(MOST_WAITING);
    private volatile boolean closed;

    RemoteKeys(RemoteKeysBuilder builder, Clock clock) {
        timeout = builder.timeout();
        refreshEvery = builder.refreshEvery();
        refreshAhead = refreshEvery.multipliedBy(3).dividedBy(4);
        bearableFor = refreshEvery.plus(builder.staleFor());
        this.clock = clock;
        fetches = builder.fetches();
    }

    /**
     * Reads keys from the address of a JWK Set. Nothing is fetched before the first token.
     *
     * @param jwks the address, https
     */
    public static RemoteKeysBuilder jwks(URI jwks) {
        return new RemoteKeysBuilder(jwks, "");
    }

    /**
     * Reads the keys of an issuer, by its metadata (RFC 8414, OpenID Connect Discovery), which must name exactly this
     * issuer.
     *
     * @param issuer https, exactly as in {@code iss} of the tokens; http too, if {@link RemoteKeysBuilder#metadataFrom}
     *     is set
     */
    public static RemoteKeysBuilder issuer(String issuer) {
        return new RemoteKeysBuilder(URI.create(issuer), issuer);
    }

    @Override
    public Optional<VerificationKey> find(String keyId) {
        if (closed) {
            throw new AuthUnavailableException("the remote keys are closed");
        }
        Instant now = clock.instant();
        FetchedKeys known = fetches.latest();
        if (!known.isWithin(refreshEvery, now)) {
            known = refreshed(known, now);
        } else if (!known.isWithin(refreshAhead, now)) {
            Optional<CompletableFuture<FetchedKeys>> unused = fetches.join(now);
        }
        Optional<VerificationKey> key = known.keys().find(keyId);
        return key.isPresent() ? key : forUnknownKey(now).keys().find(keyId);
    }

    /** Empty while the set is due to be fetched again, because only {@link #find} begins a fetch. */
    @Override
    public Optional<VerificationKey> findInMemory(String keyId) {
        FetchedKeys known = fetches.latest();
        return !closed && known.isWithin(refreshAhead, clock.instant())
                ? known.keys().find(keyId)
                : Optional.empty();
    }

    private FetchedKeys forUnknownKey(Instant now) {
        String why = "the key is unknown";
        boolean isWaitedFor = fetches.isUnderWay() || fetches.mayBegin(now);
        return isWaitedFor ? fetchedForFew(now, why) : fetched(now, why);
    }

    private FetchedKeys fetchedForFew(Instant now, String why) {
        if (!waiters.tryAcquire()) {
            throw new AuthUnavailableException(why + ", and " + MOST_WAITING + " callers wait for a fetch already");
        }
        try {
            return fetched(now, why);
        } finally {
            waiters.release();
        }
    }

    /**
     * Fetches an old set again, and waits for the new one. The old set stays good for a while if that fails, and nobody
     * waits for the next tries then.
     */
    private FetchedKeys refreshed(FetchedKeys known, Instant now) {
        boolean bearable = known.isWithin(bearableFor, now);
        boolean failing = !fetches.lastFailure().isEmpty();
        if (bearable && failing) {
            Optional<CompletableFuture<FetchedKeys>> unused = fetches.join(now);
            return fetches.latest();
        }
        String why = known.equals(FetchedKeys.NONE) ? "none were fetched yet" : "the last good set is too old";
        try {
            return failing ? fetchedForFew(now, why) : fetched(now, why);
        } catch (AuthUnavailableException e) {
            if (bearable) {
                return known;
            }
            throw e;
        }
    }

    /**
     * Waits for the fetch under way or for a new one. If it is too early for a fetch, the set of the last one counts,
     * unless that one has failed.
     */
    private FetchedKeys fetched(Instant now, String why) {
        Optional<CompletableFuture<FetchedKeys>> fetch = fetches.join(now);
        if (fetch.isPresent()) {
            return await(fetch.get(), why);
        }
        String failure = fetches.lastFailure();
        if (failure.isEmpty()) {
            return fetches.latest();
        }
        throw new AuthUnavailableException(
                "keys can't be fetched (" + why + "); the last try was just now: " + failure);
    }

    private FetchedKeys await(CompletableFuture<FetchedKeys> fetch, String why) {
        try {
            return fetch.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuthUnavailableException("interrupted while keys were fetched", e);
        } catch (ExecutionException e) {
            throw new AuthUnavailableException("keys can't be fetched (" + why + "): " + fetches.lastFailure(), e);
        } catch (TimeoutException e) {
            throw new AuthUnavailableException("keys can't be fetched (" + why + "): not within " + timeout, e);
        }
    }

    /**
     * Ends the HTTP client, unless the host has set it. From now on {@link #find} throws an {@link
     * AuthUnavailableException}. It waits for a fetch that is under way, for its timeout at most. Before Java 21 the
     * client's thread ends some seconds later.
     */
    @Override
    public void close() {
        closed = true;
        fetches.close();
    }
}
