package dev.gateline.micrometer;

import dev.gateline.AuthEvent;
import dev.gateline.AuthListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/**
 * Counts events in the counter {@code gateline.events}. Its tags are {@code event}, the name of the event in kebab case
 * such as {@code logged-in}; {@code realm}, empty if none is known; {@code kind}, the kind of the credential; and
 * {@code reason}, the reason of a rejection or an ending, and {@code none} for other events. The wiring bounds the
 * number of values. Thread-safe.
 *
 * <pre>{@code
 * SessionAuthenticator gate = SessionAuthenticator.builder(storage).listener(new AuthMetrics(registry)).build();
 * }</pre>
 */
public final class AuthMetrics implements AuthListener {
    private static final String NONE = "none";

    private final MeterRegistry registry;

    /**
     * Counts into a registry.
     *
     * @param registry the registry of the application
     */
    public AuthMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void on(AuthEvent event) {
        Counter.builder("gateline.events")
                .description("Events of Gateline")
                .tag("event", kebab(event.getClass().getSimpleName()))
                .tag("realm", event.realm())
                .tag("kind", kind(event))
                .tag("reason", reason(event))
                .register(registry)
                .increment();
    }

    private static String kind(AuthEvent event) {
        if (event instanceof AuthEvent.Rejected rejected) {
            return name(rejected.kind());
        }
        return event instanceof AuthEvent.ReuseDetected reused ? name(reused.kind()) : NONE;
    }

    private static String reason(AuthEvent event) {
        if (event instanceof AuthEvent.Rejected rejected) {
            return name(rejected.reason());
        }
        return event instanceof AuthEvent.Ended ended ? name(ended.reason()) : NONE;
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String kebab(String camel) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
