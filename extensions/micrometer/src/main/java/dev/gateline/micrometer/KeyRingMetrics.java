package dev.gateline.micrometer;

import dev.gateline.jwt.KeyInfo;
import dev.gateline.jwt.KeyRing;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Gauges of a key ring: {@code gateline.key.age}, the time for which the active key has been signing, and {@code
 * gateline.keys} with the tag {@code state} ({@code pending}, {@code active} or {@code retired}).
 */
public final class KeyRingMetrics implements MeterBinder {
    private final KeyRing ring;
    private final Clock clock;

    /**
     * Creates the gauges of a ring.
     *
     * @param ring the ring of this node
     * @param clock the clock of the ring
     */
    public KeyRingMetrics(KeyRing ring, Clock clock) {
        this.ring = ring;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        TimeGauge.builder("gateline.key.age", this, TimeUnit.SECONDS, KeyRingMetrics::ageOfActive)
                .description("How long the active key has been signing")
                .register(registry);
        for (KeyInfo.State state : KeyInfo.State.values()) {
            Gauge.builder("gateline.keys", this, it -> it.count(state))
                    .description("Keys of the ring")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    private double ageOfActive() {
        return ring.keys().stream()
                .filter(key -> key.state() == KeyInfo.State.ACTIVE)
                .mapToDouble(key ->
                        Duration.between(key.activeFrom(), clock.instant()).toMillis() / 1e3)
                .findFirst()
                .orElse(Double.NaN);
    }

    private double count(KeyInfo.State state) {
        return ring.keys().stream().filter(key -> key.state() == state).count();
    }
}
