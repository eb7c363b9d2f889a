package dev.gateline.spring;

import dev.gateline.LoginLimit;
import dev.gateline.LoginSettings;
import dev.gateline.Timeouts;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings of both strategies that say how long logins last, and how many there are. */
final class Lifetimes {
    private static final Duration REMEMBERED_IDLE = Duration.ofDays(14);
    private static final Duration REMEMBERED_ABSOLUTE = Duration.ofDays(30);

    private Lifetimes() {}

    static void apply(GatelineProperties.Timeouts timeouts, GatelineProperties.Limit limit, LoginSettings<?> builder) {
        Settings.apply("gateline.timeouts.idle", timeouts.idle(), builder::idleTimeout);
        Settings.apply("gateline.timeouts.absolute", timeouts.absolute(), builder::absoluteTimeout);
        Settings.apply("gateline.timeouts.grace", timeouts.grace(), builder::grace);
        remembered(timeouts).ifPresent(builder::remembered);
        builder.limit(Settings.named("gateline.login-limit.most", () -> new LoginLimit(limit.most(), limit.atLimit())));
    }

    /** Where one of the two is set, the other is its default, or as long as it has to be. */
    private static Optional<Timeouts> remembered(GatelineProperties.Timeouts timeouts) {
        @Nullable Duration idle = timeouts.rememberedIdle();
        @Nullable Duration absolute = timeouts.rememberedAbsolute();
        if (idle == null && absolute == null) {
            return Optional.empty();
        }
        Duration longest = absolute != null ? absolute : longer(REMEMBERED_ABSOLUTE, idle);
        Duration unused = idle != null ? idle : shorter(REMEMBERED_IDLE, longest);
        String property = idle != null ? "gateline.timeouts.remembered-idle" : "gateline.timeouts.remembered-absolute";
        return Optional.of(Settings.named(property, () -> new Timeouts(unused, longest)));
    }

    private static Duration longer(Duration one, @Nullable Duration other) {
        return other != null && one.compareTo(other) < 0 ? other : one;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
