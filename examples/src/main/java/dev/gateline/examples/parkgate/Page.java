package dev.gateline.examples.parkgate;

import dev.gateline.Identity;
import dev.gateline.LoginInfo;
import dev.gateline.examples.parkgate.Wiring.Sign;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The HTML pages. Immutable, thread-safe. */
final class Page {
    private static final Template LAYOUT = Template.load("layout.html");
    private static final Template LOGIN = Template.load("login.html");
    private static final Template HOME = Template.load("home.html");
    private static final Template ROW = Template.load("row.html");
    private static final Template THIS_ROW = Template.load("this-row.html");
    private static final Template EVERYWHERE = Template.load("everywhere.html");
    private static final Template OTHERS = Template.load("others.html");
    private static final Template CART = Template.load("cart.html");
    private static final Template OFFER = Template.load("offer.html");
    private static final Template STEP_UP = Template.load("step-up.html");
    private static final Template KEYS = Template.load("keys.html");
    private static final Template MESSAGE = Template.load("message.html");
    private static final Template NOTICE = Template.load("notice.html");
    private static final Template WATCH = Template.load("watch.html");
    private static final Template TIME = Template.load("time.html");

    private static final Html FOCUS = new Html(" autofocus");
    private static final Html CHECKED = new Html(" checked");

    /** Of a field whose error the notice tells. */
    private static final Html INVALID = new Html(" aria-invalid=\"true\" aria-describedby=\"notice\"");

    /** RFC 8176 values, for people. */
    private static final Map<String, String> METHODS =
            Map.of("pwd", "password", "otp", "one-time code", "hwk", "security key");

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("d MMM, HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Sign sign;

    Page(Sign sign) {
        this.sign = sign;
    }

    /** For everybody. */
    Html login(LoginForm form, Html cart) {
        boolean known = !form.user().isEmpty();
        return page(
                form.error().isEmpty() ? "Log in" : form.error() + " · Log in",
                LOGIN.fill(Map.of(
                        "notice",
                        notice(form.error()),
                        "user",
                        form.user(),
                        "userFocus",
                        known ? Html.NOTHING : FOCUS,
                        "passwordFocus",
                        known ? FOCUS : Html.NOTHING,
                        "invalid",
                        known && !form.error().isEmpty() ? INVALID : Html.NOTHING,
                        "checked",
                        form.remember() ? CHECKED : Html.NOTHING,
                        "next",
                        form.next(),
                        "cart",
                        cart)));
    }

    private static Html notice(String text) {
        return text.isEmpty() ? Html.NOTHING : NOTICE.fill(Map.of("text", text));
    }

    /** A part of other pages. */
    Html cart(List<String> items, String hint) {
        List<Html> rows = Carts.OFFERS.stream()
                .map(offer -> OFFER.fill(Map.of("item", offer, "count", Collections.frequency(items, offer))))
                .toList();
        return CART.fill(Map.of("offers", Html.join(rows), "count", items.size(), "hint", hint));
    }

    /**
     * Asks who is logged in already for their password again.
     *
     * @param next where they go after that
     * @param error empty at first
     */
    Html stepUp(String user, String next, String error) {
        return page(
                error.isEmpty() ? "Is it you?" : error + " · Is it you?",
                STEP_UP.fill(Map.of(
                        "user",
                        user,
                        "next",
                        next,
                        "notice",
                        notice(error),
                        "invalid",
                        error.isEmpty() ? Html.NOTHING : INVALID)));
    }

    /** Asks whether all logins are to end. */
    Html logoutEverywhere(Identity who) {
        return pageOf(who, "Log out everywhere?", EVERYWHERE.fill(Map.of()));
    }

    Html keys(Identity who) {
        return pageOf(who, "Keys", KEYS.fill(Map.of("user", who.subject())));
    }

    Html message(String title, String text) {
        return page(title, MESSAGE.fill(Map.of("title", title, "text", text)));
    }

    /** This device comes first. */
    Html home(Identity who, List<LoginInfo> logins, Html cart) {
        List<LoginInfo> others =
                logins.stream().filter(login -> !isCurrent(login, who)).toList();
        Optional<LoginInfo> current =
                logins.stream().filter(login -> isCurrent(login, who)).findFirst();
        return pageOf(
                who,
                "Welcome",
                HOME.fill(Map.of(
                        "subject", who.subject(),
                        "roles", String.join(", ", who.claims().texts("roles")),
                        "methods", words(who.methods()),
                        "proved", time(who.authenticatedAt()),
                        "until", time(current.map(LoginInfo::expiresAt).orElse(who.expiresAt())),
                        "cart", cart,
                        "current", current.map(login -> row(THIS_ROW, login)).orElse(Html.NOTHING),
                        "rows",
                                Html.join(others.stream()
                                        .map(login -> row(ROW, login))
                                        .toList()),
                        "others", others.isEmpty() ? Html.NOTHING : OTHERS.fill(Map.of()))));
    }

    private static boolean isCurrent(LoginInfo login, Identity who) {
        return login.id().equals(who.loginId());
    }

    private static String words(List<String> methods) {
        return methods.stream()
                .map(method -> METHODS.getOrDefault(method, method))
                .collect(Collectors.joining(", "));
    }

    private static Html row(Template template, LoginInfo login) {
        return template.fill(Map.of(
                "id", login.id(),
                "client", login.client(),
                "kept", login.remembered() ? "remembered" : "",
                "started", time(login.startedAt()),
                "seen", time(login.lastSeenAt()),
                "expires", time(login.expiresAt())));
    }

    private static Html time(Instant instant) {
        return TIME.fill(Map.of("iso", instant, "text", UTC.format(instant)));
    }

    /** For who is logged in: it learns that they no longer are. */
    private Html pageOf(Identity who, String title, Html content) {
        return page(title, content, WATCH.fill(Map.of("login", who.loginId())));
    }

    private Html page(String title, Html content) {
        return page(title, content, Html.NOTHING);
    }

    private Html page(String title, Html content, Html watch) {
        return LAYOUT.fill(Map.of(
                "title",
                title,
                "watch",
                watch,
                "content",
                content,
                "strategy",
                sign.strategy(),
                "browsers",
                sign.browsers(),
                "programs",
                sign.programs()));
    }
}
