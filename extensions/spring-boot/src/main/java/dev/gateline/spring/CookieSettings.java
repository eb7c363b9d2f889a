package dev.gateline.spring;

import dev.gateline.http.CookieCarrier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes cookies of the properties. */
final class CookieSettings {
    private CookieCarrier carrier = CookieCarrier.create();

    private CookieSettings() {}

    static CookieCarrier carrier(GatelineProperties.Cookie cookie) {
        CookieSettings made = new CookieSettings();
        made.apply("name", cookie.name(), (now, name) -> now.named(name));
        made.apply("same-site", cookie.sameSite() == SameSite.STRICT, CookieCarrier::sameSiteStrict);
        made.apply("embedded-in-other-sites", cookie.embeddedInOtherSites(), CookieCarrier::embeddedInOtherSites);
        made.apply(
                "insecure-sent-from-other-sites",
                cookie.insecureSentFromOtherSites(),
                CookieCarrier::insecureSentFromOtherSites);
        made.apply("insecure-limited-to-path", cookie.insecureLimitedToPath(), CookieCarrier::insecureLimitedToPath);
        made.apply(
                "insecure-shared-with-subdomains-of",
                cookie.insecureSharedWithSubdomainsOf(),
                CookieCarrier::insecureSharedWithSubdomains);
        made.apply(
                "insecure-for-local-development",
                cookie.insecureForLocalDevelopment(),
                CookieCarrier::insecureCookieForLocalDevelopment);
        return made.carrier;
    }

    /** Goes from one carrier to the next by a text. */
    private interface Step {
        CookieCarrier next(CookieCarrier now, String text);
    }

    private void apply(String property, @Nullable String text, Step step) {
        Settings.apply("gateline.cookie." + property, text, value -> carrier = step.next(carrier, value));
    }

    private void apply(String property, boolean isSet, UnaryOperator<CookieCarrier> step) {
        if (isSet) {
            carrier = Settings.named("gateline.cookie." + property, () -> step.apply(carrier));
        }
    }
}
