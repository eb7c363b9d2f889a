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

/** What the park gate answers, path by path: pages for people, JSON for programs. Thread-safe. */
final class Routes {
    /** The one page that asks for a recent proof. */
    static final String KEYS = "/keys-to-the-park";

    private final Wiring wiring;
    private final HttpAuth auth;
    private final Page page;
    private final Door door;
    private final Shop shop;
    private final String style = Template.read("style.css");

    private final Map<String, Route> routes;

    private record Route(String method, Handler handler) {}

    Routes(Wiring wiring, Users users) {
        this.wiring = wiring;
        auth = wiring.auth();
        page = new Page(wiring.sign());
        door = new Door(auth, page, wiring.clock());
        shop = new Shop(wiring, door, page);
        Account account = new Account(auth, users, door, shop);
        routes = Map.ofEntries(
                get("/", this::home),
                get("/style.css", call -> Reply.css(style)),
                get("/.well-known/jwks.json", this::jwks),
                get("/me", door.known(this::me)),
                get(KEYS, door.recentlyProved(this::keys)),
                get("/logins", door.known(this::logins)),
                post("/cart", shop::add),
                post("/login", account::login),
                post("/logins/end", door.known(this::end)),
                post("/logins/end-others", door.known(this::endOthers)),
                post("/step-up", account::stepUp),
                post("/renew", account::renew),
                post("/logout", account::logout),
                post("/logout-everywhere", door.known(account::logoutEverywhere)));
    }

    private static Map.Entry<String, Route> get(String path, Handler handler) {
        return Map.entry(path, new Route("GET", handler));
    }

    private static Map.Entry<String, Route> post(String path, Handler handler) {
        return Map.entry(path, new Route("POST", handler));
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
        Route route = routes.get(call.path());
        if (route == null) {
            return door.error(call, 404, "there is nothing here");
        }
        if (!route.method().equals(call.method())) {
            return door.error(call, 405, "only " + route.method() + " is possible here")
                    .with("Allow", route.method().equals("GET") ? "GET, HEAD" : route.method());
        }
        try {
            return route.handler().answer(call);
        } catch (BadRequestException e) {
            return door.error(call, e.status(), e.text());
        } catch (LoginRefusedException e) {
            return door.error(call, 503, "no login is possible now: " + e.getMessage());
        }
    }

    private Reply home(Call call) {
        if (!call.wantsHtml()) {
            return Reply.json(200, wiring.sign());
        }
        return auth.authenticate(call.view())
                .fold(this::pageOf, reason -> Reply.html(200, page.login(shop.cartOfVisitor(call))));
    }

    private Reply pageOf(Identity who) {
        return Reply.html(200, page.home(who, auth.logins().of(who.subject()), shop.cartOf(who)));
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
        return call.wantsHtml()
                ? Reply.html(200, page.keys(who.subject()))
                : Reply.json(200, Map.of("main gate", "4711"));
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
