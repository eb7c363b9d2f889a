package dev.gateline.examples.parkgate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.LoginInfo;
import dev.gateline.LoginRefusedException;
import dev.gateline.examples.parkgate.Door.Handler;
import dev.gateline.http.HttpAuth;
import dev.gateline.jdkhttp.JdkHttpAuth;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The answers of the park gate, path by path: pages for people, JSON for programs. Thread-safe. */
final class Routes {
    static final String STEP_UP = "/step-up";

    private static final String HOME = "/";
    private static final String LOGGED_OUT = "/logged-out";
    private static final String KEYS = "/keys-to-the-park";
    private static final String LOG_OUT_EVERYWHERE = "/logout-everywhere";

    /** Where a user may want to go after a login. Any other address would make the gate a way to somebody else's. */
    private static final Set<String> LANDINGS = Set.of(HOME, "/me", "/logins", KEYS, LOG_OUT_EVERYWHERE);

    private static final Set<String> METHODS = Set.of("GET", "POST");

    private final Wiring wiring;
    private final HttpAuth auth;
    private final Page page;
    private final Door door;
    private final CartPart cart;
    private final String style = Template.read("style.css");
    private final String script = Template.read("script.js");

    private final Map<String, Handler> pages;
    private final Map<String, Handler> changes;

    Routes(Wiring wiring, Users users) {
        this.wiring = wiring;
        auth = wiring.auth();
        page = new Page(wiring.sign());
        cart = new CartPart(wiring, page);
        door = new Door(auth, page, cart, wiring.clock());
        Shop shop = new Shop(wiring, door);
        Account account = new Account(auth, users, door, shop);
        pages = Map.ofEntries(
                Map.entry(HOME, this::home),
                Map.entry("/style.css", call -> Reply.css(style)),
                Map.entry("/script.js", call -> Reply.script(script)),
                Map.entry(LOGGED_OUT, this::loggedOut),
                Map.entry("/healthz", call -> Reply.json(200, wiring.health())),
                Map.entry("/.well-known/jwks.json", this::jwks),
                Map.entry("/login", this::loginPage),
                Map.entry(STEP_UP, door.known((call, who) -> Reply.html(200, page.stepUp(who.subject(), HOME, "")))),
                Map.entry("/me", door.known(this::me)),
                Map.entry(KEYS, door.recentlyProved(this::keys)),
                Map.entry(
                        LOG_OUT_EVERYWHERE,
                        door.recentlyProved((call, who) -> Reply.html(200, page.logoutEverywhere(who)))),
                Map.entry("/logins", door.known(this::logins)));
        changes = Map.of(
                "/cart",
                shop::add,
                "/login",
                account::login,
                "/logins/end",
                door.recentlyProved(this::end),
                "/logins/end-others",
                door.recentlyProved(this::endOthers),
                STEP_UP,
                account::stepUp,
                "/renew",
                account::renew,
                "/logout",
                account::logout,
                LOG_OUT_EVERYWHERE,
                door.recentlyProved(account::logoutEverywhere));
    }

    /** Where a user goes who wanted to go somewhere, if it is a page of ours. */
    static String landing(String wanted) {
        return LANDINGS.contains(wanted) ? wanted : HOME;
    }

    /** All of it. A store that is down is answered with 503. */
    HttpHandler handler() {
        return new JdkHttpAuth(auth).guarded(this::handle);
    }

    private void handle(HttpExchange exchange) throws IOException {
        Reply.prepare(exchange);
        answer(new Call(exchange)).send(exchange);
    }

    private Reply answer(Call call) {
        Handler handler = (call.method().equals("GET") ? pages : changes).get(call.path());
        if (handler == null || !METHODS.contains(call.method())) {
            return nothingThere(call);
        }
        try {
            return handler.answer(call);
        } catch (BadRequestException e) {
            return door.error(call, e.status(), e.text());
        } catch (LoginRefusedException e) {
            return door.error(call, 503, "no login is possible now: " + e.getMessage());
        } catch (BusyException e) {
            return door.error(call, 503, "too many people are at the gate; please try again")
                    .with("Retry-After", "5");
        }
    }

    /** A user who reloads the answer to a form gets a page, and sends nothing twice. */
    private Reply nothingThere(Call call) {
        boolean isPage = pages.containsKey(call.path());
        boolean isChange = changes.containsKey(call.path());
        if (!isPage && !isChange) {
            return door.error(call, 404, "there is nothing here");
        }
        if (isChange && call.method().equals("GET") && call.wantsHtml()) {
            return Reply.seeOther(HOME);
        }
        String allowed = (isPage ? "GET, HEAD" : "") + (isPage && isChange ? ", " : "") + (isChange ? "POST" : "");
        return door.error(call, 405, "only " + allowed + " is possible here").with("Allow", allowed);
    }

    private Reply home(Call call) {
        if (!call.wantsHtml()) {
            return Reply.json(200, wiring.sign());
        }
        return auth.authenticate(call.view()).fold(this::pageOf, reason -> loginPage(call));
    }

    private Reply loginPage(Call call) {
        return Reply.html(200, page.login(LoginForm.leadingTo(HOME), cart.ofVisitor(call)));
    }

    /**
     * Where a page goes that has learned that its login is over. In the meantime the browser may have logged in anew.
     */
    private Reply loggedOut(Call call) {
        LoginForm form = new LoginForm("", false, HOME, "You have been logged out. Log in again to go on.");
        return auth.authenticate(call.view())
                .fold(who -> Reply.seeOther(HOME), reason -> Reply.html(200, page.login(form, cart.ofVisitor(call))));
    }

    private Reply pageOf(Identity who) {
        return Reply.html(200, page.home(who, auth.logins().of(who.subject()), cart.of(who)));
    }

    private Reply me(Call call, Identity who) {
        return call.wantsHtml() ? pageOf(who) : Reply.json(200, Me.of(who));
    }

    private Reply logins(Call call, Identity who) {
        if (call.wantsHtml()) {
            return pageOf(who);
        }
        List<LoginInfo> logins = auth.logins().of(who.subject());
        return Reply.json(
                200, logins.stream().map(login -> OwnLogin.of(login, who)).toList());
    }

    private Reply end(Call call, Identity who) {
        boolean ended = LoginId.parse(call.fields().getOrDefault("id", ""))
                .filter(id -> auth.logins().end(who.subject(), id))
                .isPresent();
        return ended ? Door.done(call) : door.error(call, 404, "you have no such login");
    }

    private Reply endOthers(Call call, Identity who) {
        auth.logins().endOthers(who.subject(), who.loginId());
        return Door.done(call);
    }

    private Reply keys(Call call, Identity who) {
        return call.wantsHtml() ? Reply.html(200, page.keys(who)) : Reply.json(200, Map.of("main gate", "4711"));
    }

    private Reply jwks(Call call) {
        return wiring.jwks().orElseGet(() -> door.error(call, 404, "no lane issues tokens"));
    }

    private record Me(
            String subject,
            String loginId,
            List<String> roles,
            List<String> methods,
            String authenticatedAt,
            String expiresAt) {
        static Me of(Identity who) {
            return new Me(
                    who.subject(),
                    who.loginId().value(),
                    who.claims().texts("roles"),
                    who.methods(),
                    who.authenticatedAt().toString(),
                    who.expiresAt().toString());
        }
    }

    private record OwnLogin(
            String id,
            String client,
            String startedAt,
            String lastSeenAt,
            String expiresAt,
            boolean remembered,
            boolean current) {
        static OwnLogin of(LoginInfo login, Identity who) {
            return new OwnLogin(
                    login.id().value(),
                    login.client(),
                    login.startedAt().toString(),
                    login.lastSeenAt().toString(),
                    login.expiresAt().toString(),
                    login.remembered(),
                    login.id().equals(who.loginId()));
        }
    }
}
