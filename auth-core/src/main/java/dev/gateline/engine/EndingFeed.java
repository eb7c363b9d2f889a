package dev.gateline.engine;

import dev.gateline.Ending;
import dev.gateline.LoginId;
import dev.gateline.Verifier.Listening;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reports the endings of a store to a host, one after another. Listeners may be slow, because a thread of their own
 * calls them, which runs while there is an ending to report. Slow listeners delay neither requests nor a change feed.
 * If too many endings wait, the report is one {@link Ending.OfSome}. Thread-safe.
 */
public final class EndingFeed implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EndingFeed.class.getName());
    private static final int MOST_WAITING = 10_000;
    private static final Pattern TOKENS = Pattern.compile("(.+)#([0-9]{1,9})");

    private final String realm;
    private final RevocationStore revocations;
    private final int mostWaiting;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock subscribing = new ReentrantLock();
    private boolean subscribed;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean overflowed = new AtomicBoolean();
    private final ThreadPoolExecutor teller;

    /**
     * Listens to the store from the first listener on.
     *
     * @param realm the realm whose endings of many logins are reported; endings of single logins don't name a realm
     * @param revocations the store that reports endings
     */
    public EndingFeed(String realm, RevocationStore revocations) {
        this(realm, revocations, MOST_WAITING);
    }

    /** Creates a feed that reports at most so many endings one by one. */
    EndingFeed(String realm, RevocationStore revocations, int mostWaiting) {
        this.realm = realm;
        this.revocations = revocations;
        this.mostWaiting = mostWaiting;
        teller = new ThreadPoolExecutor(
                1,
                1,
                5,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                EndingFeed::daemon,
                new ThreadPoolExecutor.DiscardPolicy());
        teller.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "gateline-endings");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Adds a listener.
     *
     * @param listener may be slow, and may throw
     * @return close it to stop listening
     * @throws UnsupportedOperationException if the store has no change feed; then the listener hears of no ending
     */
    public Listening subscribe(Consumer<Ending> listener) {
        Listener own = new Listener(listener);
        listeners.add(own);
        try {
            hear();
        } catch (RuntimeException | Error e) {
            listeners.remove(own);
            throw e;
        }
        return () -> listeners.remove(own);
    }

    private void hear() {
        subscribing.lock();
        try {
            if (!subscribed) {
                revocations.subscribe(new Hears());
                subscribed = true;
            }
        } finally {
            subscribing.unlock();
        }
    }

    /** A subscription. No two are equal, so that a host that subscribes twice may stop one subscription. */
    private static final class Listener {
        private final Consumer<Ending> told;

        Listener(Consumer<Ending> told) {
            this.told = told;
        }
    }

    private final class Hears implements RevocationStore.Listener {
        @Override
        public void revoked(Revocation revocation) {
            ending(revocation).ifPresent(EndingFeed.this::tell);
        }

        @Override
        public void missed() {
            tell(new Ending.OfSome());
        }
    }

    private Optional<Ending> ending(Revocation it) {
        return switch (it.grain()) {
            case TOKEN -> ofTokens(it.key());
            case LOGIN -> LoginId.parse(it.key()).map(id -> new Ending.OfLogin(id, it.reason()));
            case GROUP -> ofGroup(it.key());
        };
    }

    /**
     * The ending of a login's tokens between two step-ups, whose key {@link Revocable#tokensKey} has made. The ending
     * of a single token is not reported.
     */
    private static Optional<Ending> ofTokens(String key) {
        Matcher tokens = TOKENS.matcher(key);
        return tokens.matches()
                ? LoginId.parse(tokens.group(1)).map(id -> new Ending.OfStepUp(id, Integer.parseInt(tokens.group(2))))
                : Optional.empty();
    }

    private Optional<Ending> ofGroup(String group) {
        if (group.equals(RevocationStore.ALL_REALMS)) {
            return Optional.of(new Ending.OfSome());
        }
        if (group.equals(realm)) {
            return Optional.of(new Ending.OfRealm(realm));
        }
        String subjects = Revocable.subjectKey(realm, "");
        return group.startsWith(subjects)
                ? Optional.of(new Ending.OfSubject(realm, group.substring(subjects.length())))
                : Optional.empty();
    }

    private void tell(Ending ending) {
        if (listeners.isEmpty()) {
            return;
        }
        if (waiting.incrementAndGet() > mostWaiting) {
            overflowed.set(true);
            // a waiting ending reports the overflow later; but if none waits any more, nobody else reports it
            if (waiting.decrementAndGet() == 0) {
                teller.execute(this::tellOverflow);
            }
            return;
        }
        teller.execute(() -> {
            waiting.decrementAndGet();
            tellNow(ending);
            tellOverflow();
        });
    }

    private void tellOverflow() {
        if (overflowed.getAndSet(false)) {
            tellNow(new Ending.OfSome());
        }
    }

    private void tellNow(Ending ending) {
        for (Listener listener : listeners) {
            try {
                listener.told.accept(ending);
            } catch (Throwable e) {
                LOG.log(System.Logger.Level.WARNING, "a listener to endings failed", e);
            }
        }
    }

    /** Stops all reports. */
    @Override
    public void close() {
        listeners.clear();
        teller.shutdown();
    }
}
