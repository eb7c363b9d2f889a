package dev.gateline.spring;

import dev.gateline.LoginId;
import dev.gateline.near.NearStorage;
import dev.gateline.store.ShardedStorage;
import dev.gateline.store.Storage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether logins can be read and written, in each shard if there are several. Each check reads one row from the store
 * itself, so that a store that is gone is told at once, also while this node still answers from its copies.
 * Thread-safe.
 */
final class StorageHealthIndicator implements HealthIndicator {
    /** Beyond that nothing is written. */
    private static final Duration LARGEST_OFFSET = Duration.ofMinutes(1);

    private static final LoginId NOBODY = new LoginId("0".repeat(22));

    private final Storage storage;

    StorageHealthIndicator(Storage storage) {
        this.storage = storage;
    }

    @Override
    public Health health() {
        if (!(storage instanceof ShardedStorage sharded)) {
            return of(storage);
        }
        Health.Builder all = Health.up();
        sharded.shards().forEach((name, shard) -> {
            Health one = of(shard);
            all.withDetail(name, one.getDetails());
            if (!one.getStatus().equals(Status.UP)) {
                all.status(one.getStatus());
            }
        });
        return all.build();
    }

    private static Health of(Storage storage) {
        Map<String, Object> details = new LinkedHashMap<>();
        boolean right = true;
        if (storage instanceof NearStorage near) {
            NearStorage.Health how = near.health();
            details.put("fresh", how.fresh());
            details.put("age", how.age().map(Duration::toString).orElse("unknown"));
            details.put("copies", how.copies());
            details.put("revocations", how.revocations());
            details.put("clockOffset", how.clockOffset().toString());
            right = how.clockOffset().abs().compareTo(LARGEST_OFFSET) <= 0;
        }
        boolean reachable = isReachable(storage);
        details.put("store", reachable ? "answers" : "does not answer");
        return (reachable && right ? Health.up() : Health.down())
                .withDetails(details)
                .build();
    }

    /** Of what a store throws nothing is told: it may have the address of the store, and a user's name. */
    private static boolean isReachable(Storage storage) {
        try {
            return storage.logins().findAuthoritative(NOBODY).isEmpty();
        } catch (RuntimeException e) {
            return false;
        }
    }
}
