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

/** What people see. Immutable, thread-safe. */
final class Page {
    private static final Template LAYOUT = Template.load("layout.html");
    private static final Template LOGIN = Template.load("login.html");
    private static final Template HOME = Template.load("home.html");
    private static final Template ROW = Template.load("row.html");
    private static final Template OTHERS = Template.load("others.html");
    private static final Template CART = Template.load("cart.html");
    private static final Template OFFER = Template.load("offer.html");
    private static final Template STEP_UP = Template.load("step-up.html");
    private static final Template KEYS = Template.load("keys.html");
    private static final Template MESSAGE = Template.load("message.html");
    private static final Template NOTICE = Template.load("notice.html");
    private static final Template TIME = Template.load("time.html");

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("d MMM, HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Sign sign;

    Page(Sign sign) {
        this.sign = sign;
    }

    /** For everybody. */
    Html login(Html cart) {
        return login(Html.NOTHING, cart);
    }

    /** The same, saying why it is shown. */
    Html login(String notice) {
        return login(notice(notice), Html.NOTHING);
    }

    private Html login(Html notice, Html cart) {
        return page("Log in", LOGIN.fill(Map.of("notice", notice, "cart", cart)));
    }

    private static Html notice(String text) {
        return NOTICE.fill(Map.of("text", text));
    }

    /** A part of other pages. */
    Html cart(List<String> items, String hint) {
        List<Html> rows = Carts.OFFERS.stream()
                .map(offer -> OFFER.fill(Map.of("item", offer, "count", Collections.frequency(items, offer))))
                .toList();
        return CART.fill(Map.of("offers", Html.join(rows), "count", items.size(), "hint", hint));
    }

    /** Asks who is logged in already for their password again. */
    Html stepUp(String user, String notice) {
        return page("Is it you?", STEP_UP.fill(Map.of("user", user, "notice", notice(notice))));
    }

    Html keys(String user) {
        return page("Keys", KEYS.fill(Map.of("user", user)));
    }

    Html message(String title, String text) {
        return page(title, MESSAGE.fill(Map.of("title", title, "text", text)));
    }

    Html home(Identity who, List<LoginInfo> logins, Html cart) {
        List<Html> rows = logins.stream().map(login -> row(login, who)).toList();
        return page(
                "Welcome",
                HOME.fill(Map.of(
                        "subject", who.subject(),
                        "login", who.loginId(),
                        "roles", String.join(", ", who.claims().texts("roles")),
                        "methods", String.join(", ", who.methods()),
                        "since", time(who.authenticatedAt()),
                        "until", time(who.expiresAt()),
                        "cart", cart,
                        "rows", Html.join(rows),
                        "others", logins.size() > 1 ? OTHERS.fill(Map.of()) : Html.NOTHING)));
    }

    private static Html row(LoginInfo login, Identity who) {
        boolean current = login.id().equals(who.loginId());
        return ROW.fill(Map.of(
                "id", login.id(),
                "class", current ? "current" : "other",
                "client", login.client(),
                "which", current ? "this one" : "",
                "kept", login.remembered() ? "remembered" : "",
                "started", time(login.startedAt()),
                "seen", time(login.lastSeenAt()),
                "expires", time(login.expiresAt())));
    }

    private static Html time(Instant instant) {
        return TIME.fill(Map.of("iso", instant, "text", UTC.format(instant)));
    }

    private Html page(String title, Html content) {
        return LAYOUT.fill(Map.of(
                "title", title,
                "content", content,
                "strategy", sign.strategy(),
                "browsers", sign.browsers(),
                "programs", sign.programs()));
    }
}
