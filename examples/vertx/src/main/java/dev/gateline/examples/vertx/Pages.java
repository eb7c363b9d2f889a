package dev.gateline.examples.vertx;

import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Requirement;
import dev.gateline.http.AsyncHttpAuth;
import dev.gateline.http.Issued;
import dev.gateline.vertx.GatelineHandler;
import dev.gateline.vertx.VertxAuth;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The pages. Passwords are hashed, and stores are asked, on worker threads. */
final class Pages {
    private final Vertx vertx;
    private final AsyncHttpAuth auth;

    Pages(Vertx vertx, AsyncHttpAuth auth) {
        this.vertx = vertx;
        this.auth = auth;
    }

    Router router() {
        Requirement recent = Requirement.none().authenticatedWithin(Duration.ofMinutes(5));
        Router router = Router.router(vertx);
        router.route().handler(GatelineHandler.open(auth)).failureHandler(GatelineHandler.failures());
        router.route().handler(BodyHandler.create(false));
        router.get("/").handler(context -> {
            Optional<Identity> user = VertxAuth.of(context).identity();
            send(context, "hello " + user.map(Identity::subject).orElse("stranger"));
        });
        router.get("/me")
                .handler(GatelineHandler.secured(auth))
                .handler(context -> send(context, "hello " + context.user().subject()));
        router.get("/vault")
                .handler(GatelineHandler.secured(auth, recent))
                .handler(context -> send(context, "the vault is open"));
        router.post("/login").handler(this::login);
        router.post("/step-up").handler(GatelineHandler.secured(auth)).handler(this::stepUp);
        router.post("/logout").handler(context -> {
            VertxAuth door = VertxAuth.of(context);
            answer(door, door.logout());
        });
        router.post("/logout-everywhere").handler(GatelineHandler.secured(auth)).handler(this::logoutEverywhere);
        return router;
    }

    private void login(RoutingContext context) {
        VertxAuth door = VertxAuth.of(context);
        answer(door, verify(context, field(context, "user")).compose(login -> then(login, door::login)));
    }

    private void stepUp(RoutingContext context) {
        VertxAuth door = VertxAuth.of(context);
        answer(door, verify(context, context.user().subject()).compose(login -> then(login, door::reauthenticate)));
    }

    private static void answer(VertxAuth door, Future<? extends Outcome<?>> outcome) {
        outcome.onSuccess(door::answer).onFailure(door::fail);
    }

    /** Another site must not make a browser guess, so the password is looked at last. */
    private Future<Outcome<Login>> verify(RoutingContext context, String user) {
        String password = field(context, "password");
        return VertxAuth.of(context)
                .checkLogin()
                .compose(refusal -> refusal.isPresent()
                        ? Future.succeededFuture(Outcome.rejected(refusal.get()))
                        : vertx.executeBlocking(() -> Accounts.verify(user, password)));
    }

    private static Future<Outcome<Issued>> then(
            Outcome<Login> verified, Function<Login, Future<Outcome<Issued>>> next) {
        return verified.fold(next, reason -> Future.succeededFuture(Outcome.rejected(reason)));
    }

    private void logoutEverywhere(RoutingContext context) {
        String user = context.user().subject();
        vertx.executeBlocking(Executors.callable(() -> auth.auth().logins().endAll(user)))
                .onSuccess(any -> context.response().setStatusCode(204).end())
                .onFailure(context::fail);
    }

    private static String field(RoutingContext context, String name) {
        return Objects.requireNonNullElse(context.request().getFormAttribute(name), "");
    }

    /**
     * Nobody keeps a page of a user, so the back button shows none after a logout. No browser takes a text for HTML.
     */
    private static void send(RoutingContext context, String text) {
        context.response()
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Type", "text/plain;charset=utf-8")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(text + "\n");
    }
}
