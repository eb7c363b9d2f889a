package dev.gateline.kit;

import dev.gateline.Authenticator;
import dev.gateline.LoginLimit;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;

/**
 * The promises of every authenticator, with any credentials and any storage. Extend it, and say how to build the
 * authenticator.
 */
public abstract class AuthenticatorContract
        implements LoginCases,
                TimeoutCases,
                LimitCases,
                RenewalCases,
                TabCases,
                EndingCases,
                StreamCases,
                BrowserCases,
                ProofCases,
                TombstoneCases,
                MemoryCases,
                OutageCases {

    private final AtomicLong days = new AtomicLong();
    private final List<Storage> storages = new ArrayList<>();

    /** For subclasses. */
    protected AuthenticatorContract() {}

    /**
     * Builds the authenticator under test.
     *
     * @param wiring the parts with which it must be built
     */
    protected abstract Authenticator authenticator(Fixture.Wiring wiring);

    /**
     * Creates an empty storage, in memory unless overridden.
     *
     * @param capacity how many logins it must hold, and no more where it can count
     */
    protected Storage storage(int capacity) {
        return Storage.inMemory(capacity, () -> TimeUnit.DAYS.toNanos(days.incrementAndGet()));
    }

    @Override
    public final Fixture fixture(int capacity, LoginLimit limit) {
        Storage storage = storage(capacity);
        storages.add(storage);
        return new Fixture(storage, limit, this::authenticator);
    }

    @AfterEach
    final void closeFeeds() {
        for (Storage storage : storages) {
            if (storage instanceof SharedStorage shared) {
                shared.feed().close();
            }
        }
    }
}
