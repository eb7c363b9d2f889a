package dev.gateline.vertx;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginRefusedException;
import dev.gateline.Requirement;
import dev.gateline.http.AsyncHttpAuth;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.auth.authorization.PermissionBasedAuthorization;
import io.vertx.ext.auth.authorization.RoleBasedAuthorization;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthorizationHandler;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.LocalSessionStore;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Vert.x in this process, on one event loop, with the pages of the contract and some more. */
record VertxServer(Vertx vertx, HttpServer server) {
    private static final Login ADA = Login.builder("ada")
            .claim("roles", List.of("keeper"))
            .claim("scope", "gate:open")
            .build();

    static VertxServer start(HttpAuth auth) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
        Router router = pages(vertx, VertxAuth.onWorkers(vertx, auth));
        return new VertxServer(
                vertx, await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1")));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/");
    }

    void stop() {
        await(vertx.close());
    }

    private static HttpAuth another() {
        SessionAuthenticator staff =
                SessionAuthenticator.builder(Storage.inMemory(1)).realm("staff").build();
        return HttpAuth.builder().lane(BearerCarrier.create(), staff).build();
    }

    private static Router pages(Vertx vertx, AsyncHttpAuth auth) {
        Router router = Router.router(vertx);
        impatience(router);
        router.route("/sessions/*").handler(SessionHandler.create(LocalSessionStore.create(vertx)));
        router.route().handler(GatelineHandler.open(auth)).failureHandler(GatelineHandler.failures());
        errorPage(router);
        router.route().handler(BodyHandler.create(false));
        router.route("/public").handler(VertxServer::whoIsIt);
        router.route("/sessions/who").handler(VertxServer::whoIsIt);
        router.route("/sessions/count").handler(VertxServer::count);
        router.route("/sessions/login").handler(VertxServer::login);
        router.route("/sessions/logout").handler(VertxServer::logout);
        secured(router, "/me", GatelineHandler.secured(auth));
        secured(
                router,
                "/vault",
                GatelineHandler.secured(auth, Requirement.none().methods("otp")));
        secured(router, "/others", GatelineHandler.secured(VertxAuth.onWorkers(vertx, another())));
        secured(router, "/again", GatelineHandler.secured(VertxAuth.onWorkers(vertx, auth.auth())));
        router.route("/fails").handler(GatelineHandler.secured(auth)).handler(context -> context.fail(500));
        router.route("/login").handler(VertxServer::login);
        router.route("/callback").handler(VertxServer::login);
        router.route("/logout").handler(VertxServer::logout);
        router.route("/late").handler(VertxServer::loginLate);
        router.route("/full").handler(context -> {
            throw new LoginRefusedException("the store is full");
        });
        secured(router, "/keepers", AuthorizationHandler.create(RoleBasedAuthorization.create("keeper")));
        secured(router, "/owners", AuthorizationHandler.create(RoleBasedAuthorization.create("owner")));
        secured(router, "/openers", AuthorizationHandler.create(PermissionBasedAuthorization.create("gate:open")));
        router.route("/section/*").subRouter(section(vertx, auth));
        router.route("/nested/*").subRouter(nested(vertx, auth));
        reroutes(router);
        counted(router, GatelineHandler.secured(auth));
        broken(router, "/broken", new AuthUnavailableException("the store is down"));
        broken(router, "/broken-login", new LoginRefusedException("the store is full"));
        broken(router, "/broken-page", new IllegalArgumentException("the page fails"));
        router.route("/broken-refusal")
                .handler(context ->
                        sendHalf(context).onSuccess(any -> VertxAuth.of(context).require(Requirement.none())));
        router.route("/waiting").handler(context -> context.response().setChunked(true));
        router.route("/echo").handler(context -> context.end(context.body().asString()));
        return router;
    }

    /** Pages with a handler of their own before them. */
    private static Router section(Vertx vertx, AsyncHttpAuth auth) {
        Router section = Router.router(vertx);
        section.route().handler(GatelineHandler.secured(auth));
        section.route("/who").handler(VertxServer::whoIsIt);
        secured(
                section,
                "/vault",
                GatelineHandler.secured(auth, Requirement.none().methods("otp")));
        return section;
    }

    private static Router nested(Vertx vertx, AsyncHttpAuth auth) {
        Router nested = Router.router(vertx);
        nested.route("/section/*").subRouter(section(vertx, auth));
        return nested;
    }

    /** Leads the last request to {@code /held} to another page, as a handler of a timeout may do. */
    private static void impatience(Router router) {
        AtomicReference<RoutingContext> held = new AtomicReference<>();
        router.route("/held").handler(context -> {
            held.set(context);
            context.next();
        });
        router.route("/impatience").handler(context -> {
            held.get().reroute(context.request().getParam("to"));
            context.end();
        });
        router.route("/finish").handler(context -> {
            held.get().end("late");
            context.end();
        });
    }

    private static void counted(Router router, GatelineHandler secured) {
        AtomicInteger served = new AtomicInteger();
        router.route("/counted")
                .handler(secured)
                .handler(context -> context.end(context.user().subject() + " " + served.incrementAndGet()));
    }

    /** Other paths of pages. */
    private static void reroutes(Router router) {
        for (String path : List.of("/me", "/vault", "/login", "/logout", "/sessions/who")) {
            router.route("/to" + path).handler(context -> context.reroute(path));
        }
    }

    /** The page for refusals and outages. Vert.x takes it only if it answers at once, so it waits for no body. */
    private static void errorPage(Router router) {
        router.route("/sorry").handler(context -> {
            int status = context.get("status");
            context.response().setStatusCode(status);
            context.end(VertxAuth.of(context).identity().isPresent() ? "sorry, user" : "sorry");
        });
        List.of(403, 503)
                .forEach(status -> router.errorHandler(
                        status, context -> context.put("status", status).reroute("/sorry")));
    }

    /** A page that fails after a part of it has been sent, by its door and by Vert.x. */
    private static void broken(Router router, String path, RuntimeException failure) {
        router.route(path)
                .handler(context ->
                        sendHalf(context).onSuccess(any -> VertxAuth.of(context).fail(failure)));
        router.route(path + "-by-vertx").handler(context -> sendHalf(context).onSuccess(any -> context.fail(failure)));
    }

    private static Future<Void> sendHalf(RoutingContext context) {
        return context.response().setChunked(true).write("half a page");
    }

    private static void secured(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path)
                .handler(handler)
                .handler(context -> context.end(context.user().subject()));
    }

    private static void whoIsIt(RoutingContext context) {
        String who = VertxAuth.of(context).identity().map(Identity::subject).orElse("a stranger");
        boolean vertxKnows = context.user() != null;
        context.end(who + (vertxKnows == who.equals("a stranger") ? ", unlike Vert.x's user" : ""));
    }

    /** Counts the requests of a session of Vert.x. */
    private static void count(RoutingContext context) {
        Integer before = context.session().get("count");
        int count = before == null ? 1 : before + 1;
        context.session().put("count", count);
        context.end(VertxAuth.of(context).identity().map(Identity::subject).orElse("a stranger") + " " + count);
    }

    private static void login(RoutingContext context) {
        VertxAuth door = VertxAuth.of(context);
        door.login(ADA).onSuccess(door::answer).onFailure(door::fail);
    }

    private static void logout(RoutingContext context) {
        VertxAuth door = VertxAuth.of(context);
        door.logout().onSuccess(door::answer).onFailure(door::fail);
    }

    private static void loginLate(RoutingContext context) {
        context.response().setChunked(true);
        context.response()
                .write("begun")
                .compose(any -> VertxAuth.of(context).login(ADA))
                .onComplete(any -> context.end(", logged in"), failure -> context.end(", refused"));
    }
}
