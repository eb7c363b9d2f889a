package dev.gateline.spring;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Applies properties to builders, and says of which property a builder complains. */
final class Settings {
    /** The builders say what is wrong at the beginning of their messages. */
    private static final Map<String, String> BY_MESSAGE = Map.ofEntries(
            Map.entry("idle timeout", "gateline.timeouts.idle"),
            Map.entry("absolute timeout", "gateline.timeouts.absolute"),
            Map.entry("grace", "gateline.timeouts.grace"),
            Map.entry("publish ahead", "gateline.jwt.keys.rotate-every"),
            Map.entry("seen interval", "gateline.session.seen-interval"),
            Map.entry("access lifetime", "gateline.jwt.access-lifetime"),
            Map.entry("issuer", "gateline.jwt.issuer"),
            Map.entry("audience", "gateline.jwt.audience"),
            Map.entry("max staleness", "gateline.near.max-staleness"),
            Map.entry("storage: ", "gateline.throttle.enabled"),
            Map.entry("loginPage", "gateline.login-page"),
            Map.entry("reauthenticationPage", "gateline.reauthentication-page"),
            Map.entry("origin", "gateline.origins"),
            Map.entry("cookies need origin", "gateline.origins"),
            Map.entry("a lane is needed", "gateline.cookie.enabled"),
            Map.entry("insecureCookieForLocalDevelopment", "gateline.cookie.insecure-for-local-development"));

    private Settings() {}

    /** Applies a property that is set, and leaves the builder's default otherwise. */
    static <T> void apply(String property, @Nullable T value, Consumer<T> setter) {
        if (value != null) {
            named(property, () -> {
                setter.accept(value);
                return value;
            });
        }
    }

    /** Makes something of one property. */
    static <T> T named(String property, Supplier<T> made) {
        try {
            return made.get();
        } catch (InvalidSettingException e) {
            throw e;
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw invalid(property, e);
        }
    }

    /**
     * Builds what several properties are for.
     *
     * @param group of which it is said if it is none of the rules that are known here
     */
    static <T> T built(String group, Supplier<T> build) {
        try {
            return build.get();
        } catch (InvalidSettingException e) {
            throw e;
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw invalid(property(String.valueOf(e.getMessage()), group), e);
        }
    }

    private static String property(String message, String group) {
        return BY_MESSAGE.entrySet().stream()
                .filter(entry -> message.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(group);
    }

    /** The property, which has no default. */
    static String needed(String property, @Nullable String value, String what) {
        if (value == null || value.isBlank()) {
            throw missing(property, "it is not set, and has no default", "Set it to " + what + ".");
        }
        return value;
    }

    static InvalidSettingException missing(String property, String rule, String action) {
        return new InvalidSettingException(property, rule, action, null);
    }

    private static InvalidSettingException invalid(String property, RuntimeException e) {
        return new InvalidSettingException(
                property, String.valueOf(e.getMessage()), "Change the value of " + property + ".", e);
    }
}
