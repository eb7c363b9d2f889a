package dev.gateline.examples.parkgate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.LoginInfo;
import dev.gateline.LoginRefusedException;
import dev.gateline.Rejection;
import dev.gateline.examples.parkgate.Users.User;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.Issued;
import dev.gateline.jdkhttp.JdkHttpAuth;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the park gate answers, path by path: pages for people, JSON for programs. Thread-safe. */
final class Routes {
    private final Wiring wiring;
    private final HttpAuth auth;
    private final Users users;
    private final Page page;
    private final String style = Template.read("style.css");

    private final Map<String, Route> routes = Map.of(
            "/", new Route("GET", this::home),
            "/style.css", new Route("GET", call -> Reply.css(style)),
            "/.well-known/jwks.json", new Route("GET", this::jwks),
            "/me", new Route("GET", known(this::me)),
            "/logins", new Route("GET", known(this::logins)),
            "/login", new Route("POST", this::login),
            "/logins/end", new Route("POST", known(this::end)),
            "/renew", new Route("POST", this::renew),
            "/logout", new Route("POST", this::logout),
            "/logout-everywhere", new Route("POST", known(this::logoutEverywhere)));

    private record Route(String method, Handler handler) {}

    private interface Handler {
        Reply answer(Call call);
    }

    private interface KnownHandler {
        Reply answer(Call call, Identity who);
    }

    Routes(Wiring wiring, Users users) {
        this.wiring = wiring;
        this.users = users;
        auth = wiring.auth();
        page = new Page(wiring.sign());
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
            return error(call, 404, "there is nothing here");
        }
        if (!route.method().equals(call.method())) {
            return error(call, 405, "only " + route.method() + " is possible here")
                    .with("Allow", route.method().equals("GET") ? "GET, HEAD" : route.method());
        }
        try {
            return route.handler().answer(call);
        } catch (BadRequestException e) {
            return error(call, e.status(), e.text());
        } catch (LoginRefusedException e) {
            return error(call, 503, "no login is possible now: " + e.getMessage());
        }
    }

    private Handler known(KnownHandler next) {
        return call ->
                auth.authenticate(call.view()).fold(who -> next.answer(call, who), reason -> refuse(call, reason));
    }

    private Reply home(Call call) {
        if (!call.wantsHtml()) {
            return Reply.json(200, wiring.sign());
        }
        return auth.authenticate(call.view()).fold(this::pageOf, reason -> Reply.html(200, page.login()));
    }

    private Reply pageOf(Identity who) {
        return Reply.html(200, page.home(who, auth.logins().of(who.subject())));
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

    private Reply login(Call call) {
        Optional<Rejection> refusal = auth.checkLogin(call.view());
        if (refusal.isPresent()) {
            return refuse(call, refusal.get());
        }
        Map<String, String> fields = call.fields();
        Optional<User> user = users.verify(fields.getOrDefault("user", ""), fields.getOrDefault("password", ""));
        if (user.isEmpty()) {
            return refuse(call, Rejection.MISSING, "wrong name or password");
        }
        Login login = Login.builder(user.get().name())
                .methods("pwd")
                .claim("roles", user.get().roles())
                .client(call.device())
                .remembered(fields.getOrDefault("remember", "").equals("true"))
                .build();
        return auth.login(call.view(), login).fold(issued -> issued(call, issued), reason -> refuse(call, reason));
    }

    private Reply renew(Call call) {
        return auth.renew(call.view()).fold(issued -> issued(call, issued), reason -> refuse(call, reason));
    }

    private static Reply issued(Call call, Issued issued) {
        return call.wantsHtml() ? Reply.seeOther("/") : Reply.jsonText(200, issued.body());
    }

    private Reply logout(Call call) {
        return auth.logout(call.view()).map(reason -> refuse(call, reason)).orElseGet(() -> done(call));
    }

    private Reply logoutEverywhere(Call call, Identity who) {
        auth.logins().endAll(who.subject());
        return logout(call);
    }

    private Reply end(Call call, Identity who) {
        boolean ended = LoginId.parse(call.fields().getOrDefault("id", ""))
                .filter(id -> auth.logins().end(who.subject(), id))
                .isPresent();
        return ended ? done(call) : error(call, 404, "you have no such login");
    }

    private Reply jwks(Call call) {
        return wiring.jwks().orElseGet(() -> error(call, 404, "no lane issues tokens"));
    }

    private static Reply done(Call call) {
        return call.wantsHtml() ? Reply.seeOther("/") : Reply.noContent();
    }

    private Reply refuse(Call call, Rejection reason) {
        String text = switch (reason) {
            case CROSS_ORIGIN -> "this came from another site";
            case AMBIGUOUS -> "this came with more than one credential";
            default -> "log in first";
        };
        return refuse(call, reason, text);
    }

    private Reply refuse(Call call, Rejection reason, String text) {
        int status = auth.refuse(reason, call.view());
        return call.wantsHtml() && status == 401 ? Reply.html(status, page.login(text)) : error(call, status, text);
    }

    private Reply error(Call call, int status, String text) {
        return call.wantsHtml()
                ? Reply.html(status, page.message("Not this way", text))
                : Reply.json(status, Map.of("error", text));
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

    private record OwnLogin(String id, String client, String startedAt, String lastSeenAt, boolean current) {
        static OwnLogin of(LoginInfo login, Identity who) {
            return new OwnLogin(
                    login.id().value(),
                    login.client(),
                    login.startedAt().toString(),
                    login.lastSeenAt().toString(),
                    login.id().equals(who.loginId()));
        }
    }
}
