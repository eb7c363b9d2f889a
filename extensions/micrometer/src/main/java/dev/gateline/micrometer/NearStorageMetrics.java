package dev.gateline.micrometer;

import dev.gateline.near.NearStorage;
import dev.gateline.near.NearStorage.Health;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Gauges of the copies that a node holds: {@code gateline.feed.fresh} (1 if the knowledge of the node is fresh, 0 if it
 * asks the store), {@code gateline.feed.age} (the time since the moment up to which the node has heard of every change;
 * NaN before the first proof), {@code gateline.clock.offset}, {@code gateline.copies} of logins, and {@code
 * gateline.revocations} that are live.
 */
public final class NearStorageMetrics implements MeterBinder {
    private final NearStorage storage;
    private final Tags tags;

    /**
     * Creates the gauges of a storage.
     *
     * @param storage the storage of this node
     */
    public NearStorageMetrics(NearStorage storage) {
        this(storage, Tags.empty());
    }

    /**
     * Creates the gauges of one of several storages.
     *
     * @param storage the storage, such as a shard
     * @param tags tell it from the others, such as its name
     */
    public NearStorageMetrics(NearStorage storage, Iterable<Tag> tags) {
        this.storage = storage;
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "gateline.feed.fresh", "Whether the knowledge of the node is fresh", it -> it.fresh() ? 1 : 0);
        gauge(registry, "gateline.copies", "Logins in memory", Health::copies);
        gauge(registry, "gateline.revocations", "Live revocations in memory", Health::revocations);
        time(
                registry,
                "gateline.feed.age",
                "How old the copies may be",
                it -> it.age().map(NearStorageMetrics::seconds).orElse(Double.NaN));
        time(registry, "gateline.clock.offset", "How far the store's clock is ahead", it -> seconds(it.clockOffset()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Health> value) {
        Gauge.builder(name, storage, it -> value.applyAsDouble(it.health()))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private void time(MeterRegistry registry, String name, String description, ToDoubleFunction<Health> seconds) {
        TimeGauge.builder(name, storage, TimeUnit.SECONDS, it -> seconds.applyAsDouble(it.health()))
                .description(description)
                .tags(tags)
                .register(registry);
    }
}
