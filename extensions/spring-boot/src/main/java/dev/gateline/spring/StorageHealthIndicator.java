package dev.gateline.spring;

import dev.gateline.LoginId;
import dev.gateline.near.NearStorage;
import dev.gateline.store.Storage;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether logins can be read and written. Each check reads one row from the store itself, so that a store that is gone
 * is told at once, also while this node still answers from its copies. Thread-safe.
 */
final class StorageHealthIndicator implements HealthIndicator {
    /** Beyond that nothing is written. */
    private static final Duration LARGEST_OFFSET = Duration.ofMinutes(1);

    private static final LoginId NOBODY = new LoginId("0".repeat(22));

    private final Storage storage;
    private final Optional<NearStorage> near;

    StorageHealthIndicator(Storage storage) {
        this.storage = storage;
        near = storage instanceof NearStorage copies ? Optional.of(copies) : Optional.empty();
    }

    @Override
    public Health health() {
        Health.Builder health = Health.unknown();
        near.map(NearStorage::health).ifPresent(how -> detail(how, health));
        boolean right = near.map(NearStorage::health)
                .map(how -> how.clockOffset().abs().compareTo(LARGEST_OFFSET) <= 0)
                .orElse(true);
        boolean reachable = isReachable();
        health.withDetail("store", reachable ? "answers" : "does not answer");
        return (reachable && right ? health.up() : health.down()).build();
    }

    private static void detail(NearStorage.Health how, Health.Builder health) {
        health.withDetail("fresh", how.fresh())
                .withDetail("age", how.age().map(Duration::toString).orElse("unknown"))
                .withDetail("copies", how.copies())
                .withDetail("revocations", how.revocations())
                .withDetail("clockOffset", how.clockOffset().toString());
    }

    /** Of what a store throws nothing is told: it may have the address of the store, and a user's name. */
    private boolean isReachable() {
        try {
            return storage.logins().findAuthoritative(NOBODY).isEmpty();
        } catch (RuntimeException e) {
            return false;
        }
    }
}
