package dev.gateline.near;

import dev.gateline.AuthListener;
import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.LoginStore;
import dev.gateline.store.RateLimitStore;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A shared storage with copies in this node's memory: a request costs no network trip. After {@code logout} or {@code
 * end*} has returned on any node, no other node accepts that login for longer than {@code maxStaleness}; without a
 * failure it is milliseconds. A node that can't prove that it hears of changes asks the store for each request. If the
 * store is out of reach too, the request gets an {@link dev.gateline.AuthUnavailableException}.
 *
 * <p>Nodes may have different settings. The clock of the server must be right. A daemon thread of each node leaves a
 * mark in the store once a second. Thread-safe.
 */
public final class NearStorage implements Storage, AutoCloseable {
    private static final int DELETED_AT_ONCE = 500;

    /** The shortest time for which the store keeps the ending of a session, so that a node which starts knows it. */
    private static final Duration REMEMBERED_BY_THE_STORE = Duration.ofMinutes(5);

    /** The longest time that a login may last. */
    private static final Duration FOR_GOOD = Duration.ofDays(36_525);

    private final SharedStorage shared;
    private final NearLogins logins;
    private final NearRevocations revocations;
    private final Freshness freshness;
    private final Clocks clocks;
    private final Continuity continuity;
    private final Endings endings;
    private final boolean endsAllAfterALongLoss;
    private final LongSupplier nanos;

    /** The thread of the feed or of the upkeep holds this lock while it checks the store. No request waits for it. */
    private final ReentrantLock recovering = new ReentrantLock();

    /** Ended logins whose rows may have come back in a store that went back; no other node deletes them. */
    private final Queue<LoginId> maybeBack = new ConcurrentLinkedQueue<>();

    private final Upkeep upkeep;

    /** Whether the last mark showed a loss. For the thread of the upkeep. */
    private boolean leftToTheFeed;

    NearStorage(NearStorageBuilder builder, Clock clock, AuthListener listener) {
        shared = builder.shared;
        nanos = builder.nanos;
        endsAllAfterALongLoss = builder.endsAllAfterALongLoss;
        upkeep = new Upkeep(this::keepUp, builder.upkeepNanos);
        freshness = new Freshness(builder.maxStaleness, builder.authoritative, clock, listener);
        clocks = new Clocks(clock, listener, nanos);
        continuity = new Continuity(shared.revocations(), clocks, clock, listener, nanos);
        endings = new Endings(
                builder.remember, builder.rememberedEndings, nanos.getAsLong() - REMEMBERED_BY_THE_STORE.toNanos());
        revocations = new NearRevocations(shared.revocations(), endings, freshness, clocks, continuity, nanos);
        logins = new NearLogins(shared.logins(), freshness, continuity, revocations::hasEnded, builder.capacity, nanos);
    }

    NearStorage started() {
        shared.feed().subscribe(new Copies());
        return this;
    }

    /** Keeps the copies right by the reports of the feed. */
    private final class Copies implements ChangeFeed.Subscriber {
        /** The recovery that is under way. */
        private volatile @Nullable Rewind rewind;

        @Override
        public void changed(Change change) {
            if (change instanceof Change.OfRow row) {
                logins.changed(row.id());
            } else if (change instanceof Change.OfRevocation ended) {
                heard(ended.revocation());
            }
        }

        private void heard(Revocation revocation) {
            revocations.heard(revocation);
            if (revocation.grain() == Revocation.Grain.LOGIN) {
                logins.changed(new LoginId(revocation.key()));
            }
            Rewind now = rewind;
            if (now != null) {
                now.found(revocation);
            }
        }

        @Override
        public void gap() {
            freshness.forget();
            logins.forgetAll();
            recoverByReading();
        }

        /** A recovery whose reading fails is not over. */
        private void recoverByReading() {
            Rewind it = rewind;
            recover(loss -> it == null ? loss.lostSince() : loss.lostSince(it.since()));
            rewind = null;
            revocations.missed();
        }

        @Override
        public void rewound(long since) {
            freshness.forget();
            logins.forgetAll();
            Rewind before = rewind;
            Rewind next = before == null ? new Rewind(since) : before.again(since);
            rewind = next;
            look(next);
        }

        /** Looks at the mark. If the store can't be reached yet, the next proof of freshness looks. */
        private void look(Rewind it) {
            Continuity.Loss loss;
            recovering.lock();
            try {
                loss = continuity.lookForLoss();
            } catch (AuthUnavailableException e) {
                return;
            } finally {
                recovering.unlock();
            }
            if (revocations.canGiveBack(loss, it.since())) {
                it.saw(loss, nanos.getAsLong());
            } else {
                recoverByReading();
            }
        }

        @Override
        public void freshAsOf(long moment) {
            Rewind now = rewind;
            if (now != null && !recovers(now, moment)) {
                return;
            }
            freshness.proveAsOf(moment);
            if (maybeBack.isEmpty()) {
                revocations.heardAll();
            }
            upkeep.keep();
        }

        /** Takes the next step, and returns whether the recovery is over. A step that failed is taken again. */
        private boolean recovers(Rewind it, long moment) {
            Continuity.Loss loss = it.loss();
            if (loss == null) {
                look(it);
            } else if (it.sawBefore(moment) && mustRead(it, loss)) {
                recoverByReading();
            }
            return rewind == null;
        }

        /** Gives back what was lost, unless that is not enough or not possible any more. */
        private boolean mustRead(Rewind it, Continuity.Loss loss) {
            recovering.lock();
            try {
                Optional<List<LoginId>> back = revocations.canGiveBack(loss, it.since())
                        ? revocations.giveBack(loss, it.since(), it.there())
                        : Optional.empty();
                if (back.isPresent()) {
                    maybeBack.addAll(back.get());
                    continuity.gaveBack(loss, endings.span(nanos.getAsLong()));
                    rewind = null;
                }
                return back.isEmpty();
            } catch (AuthUnavailableException e) {
                return false;
            } finally {
                recovering.unlock();
            }
        }
    }

    /**
     * Looks how far the store went back, and writes the lost endings again.
     *
     * @param since the moment after which endings may be lost
     */
    private void recover(ToLongFunction<Continuity.Loss> since) {
        recovering.lock();
        try {
            Continuity.Loss loss = continuity.lookForLoss();
            maybeBack.addAll(revocations.reconcile(since.applyAsLong(loss)));
            continuity.gaveBack(loss, endings.span(nanos.getAsLong()));
        } finally {
            recovering.unlock();
        }
    }

    /**
     * Does the work of each second. A failed step is retried a second later. A loss that the mark shows is left to the
     * feed for a second, because the feed may know since when it is, and then the store need not be read.
     */
    void keepUp() {
        deleteBack();
        boolean wasLeft = leftToTheFeed;
        leftToTheFeed = freshness.isFresh() && !keepMark();
        if (leftToTheFeed && wasLeft) {
            recover(Continuity.Loss::lostSince);
        }
    }

    private boolean keepMark() {
        recovering.lock();
        try {
            return continuity.keep(endings.span(nanos.getAsLong()), this::endEverything);
        } finally {
            recovering.unlock();
        }
    }

    private boolean endEverything() {
        if (endsAllAfterALongLoss) {
            revocations.endEverything(clocks.steady().plus(FOR_GOOD));
        }
        return endsAllAfterALongLoss;
    }

    /** Deletes the rows of ended logins that came back. The logins stay revoked meanwhile. */
    private void deleteBack() {
        List<LoginId> some = maybeBack.stream().limit(DELETED_AT_ONCE).toList();
        while (!some.isEmpty()) {
            shared.logins().deleteAll(some);
            // a login that has come back once more meanwhile stays
            some.forEach(maybeBack::remove);
            some = maybeBack.stream().limit(DELETED_AT_ONCE).toList();
        }
    }

    /** The state of this node, for health checks and metrics. It asks no store. */
    public Health health() {
        return new Health(freshness.isFresh(), freshness.age(), logins.size(), revocations.size(), clocks.offset());
    }

    /**
     * The state of a node.
     *
     * @param fresh whether the node has a recent proof that it hears of changes; otherwise it asks the store for each
     *     request
     * @param age the time since the moment up to which the node has heard of every change; empty if that was never
     *     proved
     * @param copies the approximate number of logins in memory
     * @param revocations the number of live revocations, all of which are in memory
     * @param clockOffset how far the server's clock is ahead of this node's; beyond a minute the node writes nothing
     */
    public record Health(boolean fresh, Optional<Duration> age, long copies, long revocations, Duration clockOffset) {}

    /**
     * Builds a storage with the defaults.
     *
     * @param shared the shared storage, which {@link #close()} closes
     */
    public static NearStorage over(SharedStorage shared) {
        return builder(shared).build();
    }

    /**
     * Starts wiring.
     *
     * @param shared the shared storage, which {@link #close()} closes
     */
    public static NearStorageBuilder builder(SharedStorage shared) {
        return new NearStorageBuilder(shared);
    }

    @Override
    public LoginStore logins() {
        return logins;
    }

    @Override
    public RevocationStore revocations() {
        return revocations;
    }

    /** The rate limits of the shared storage, without copies. */
    @Override
    public Optional<RateLimitStore> rateLimits() {
        return shared.rateLimits();
    }

    /** Closes the shared storage. Call it after the authenticators' {@code close()}. */
    @Override
    public void close() {
        upkeep.close();
        shared.close();
    }
}
