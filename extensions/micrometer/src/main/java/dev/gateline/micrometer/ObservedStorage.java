package dev.gateline.micrometer;

import dev.gateline.store.ChangeFeed;
import dev.gateline.store.LoginStore;
import dev.gateline.store.RateLimitStore;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.SharedStorage;
import io.micrometer.observation.ObservationRegistry;
import java.util.Optional;

/**
 * A shared storage whose calls are observations, so that a trace shows them. Each is named {@code gateline.store} and
 * has the key {@code operation}, such as {@code logins.find}. Put it around the storage that asks the server, and
 * below {@code NearStorage}, because an answer from memory is no call of a store. Thread-safe.
 *
 * <pre>{@code
 * SharedStorage redis = RedisStorage.builder("redis://store.example").build();
 * NearStorage storage = NearStorage.over(ObservedStorage.of(redis, observations));
 * }</pre>
 */
public final class ObservedStorage implements SharedStorage {
    private final SharedStorage storage;
    private final LoginStore logins;
    private final RevocationStore revocations;
    private final Optional<RateLimitStore> rateLimits;

    private ObservedStorage(SharedStorage storage, ObservationRegistry registry) {
        this.storage = storage;
        logins = ObservedCalls.of(LoginStore.class, storage.logins(), "logins", registry);
        revocations = ObservedCalls.of(RevocationStore.class, storage.revocations(), "revocations", registry);
        rateLimits = storage.rateLimits()
                .map(limits -> ObservedCalls.of(RateLimitStore.class, limits, "rate-limits", registry));
    }

    /**
     * Observes the calls of a storage.
     *
     * @param storage the storage to observe, which is closed with the result
     * @param registry the registry of the application
     */
    public static SharedStorage of(SharedStorage storage, ObservationRegistry registry) {
        return new ObservedStorage(storage, registry);
    }

    @Override
    public LoginStore logins() {
        return logins;
    }

    @Override
    public RevocationStore revocations() {
        return revocations;
    }

    @Override
    public Optional<RateLimitStore> rateLimits() {
        return rateLimits;
    }

    @Override
    public ChangeFeed feed() {
        return storage.feed();
    }

    @Override
    public void close() {
        storage.close();
    }
}
