package dev.gateline.servlet;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginRefusedException;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.Issued;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.security.RouteRole;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Javalin in this process, wired as the guide says. */
record JavalinServer(Javalin javalin) implements ServletContract.Server {
    private static final List<HandlerType> METHODS =
            List.of(HandlerType.GET, HandlerType.HEAD, HandlerType.POST, HandlerType.OPTIONS);

    private enum Access implements RouteRole {
        EVERYBODY,
        USERS,
        PROVED
    }

    static ServletContract.Server start(HttpAuth auth) {
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            wire(config, auth);
            pages(config.routes);
        });
        return new JavalinServer(javalin.start("127.0.0.1", 0));
    }

    private static void wire(JavalinConfig config, HttpAuth auth) {
        config.jetty.modifyServletContextHandler(
                handler -> handler.addFilter(GatelineFilter.open(auth), "/*", EnumSet.allOf(DispatcherType.class)));
        config.routes.beforeMatched(JavalinServer::check);
        config.routes.wsBeforeUpgrade(JavalinServer::check);
        config.routes.wsBeforeUpgrade("/down-feed", ctx -> {
            throw new AuthUnavailableException("the store at 10.0.0.7 is down");
        });
        config.routes.exception(AuthUnavailableException.class, JavalinServer::answer);
        config.routes.exception(LoginRefusedException.class, JavalinServer::answer);
    }

    /** Javalin would complete a response of which only a part has been sent. */
    private static void answer(Exception failure, Context ctx) {
        if (!ServletAuth.of(ctx.req()).answer(failure)) {
            ServletContextRequest.getServletContextRequest(ctx.req())
                    .getConnectionMetaData()
                    .getConnection()
                    .close();
        }
    }

    private static void check(Context ctx) throws IOException {
        Requirement requirement =
                ctx.routeRoles().contains(Access.PROVED) ? Requirement.none().methods("otp") : Requirement.none();
        boolean open = ctx.routeRoles().contains(Access.EVERYBODY);
        if (!open && ServletAuth.of(ctx.req()).require(requirement).isEmpty()) {
            ctx.skipRemainingHandlers();
        }
    }

    private static void pages(RoutesConfig routes) {
        page(routes, "/public", JavalinServer::whoIsIt, Access.EVERYBODY);
        page(routes, "/me", JavalinServer::whoIsIt, Access.USERS);
        page(routes, "/forgotten", JavalinServer::whoIsIt);
        page(routes, "/vault", JavalinServer::whoIsIt, Access.PROVED);
        page(routes, "/login", JavalinServer::login, Access.EVERYBODY);
        page(routes, "/callback", JavalinServer::login, Access.EVERYBODY);
        page(routes, "/logout", JavalinServer::logout, Access.EVERYBODY);
        page(routes, "/late", JavalinServer::loginLate, Access.EVERYBODY);
        page(routes, "/fails", ctx -> ctx.status(500), Access.USERS);
        page(
                routes,
                "/full",
                ctx -> {
                    throw new LoginRefusedException("the store is full");
                },
                Access.EVERYBODY);
        page(
                routes,
                "/down",
                ctx -> {
                    throw new AuthUnavailableException("the store at 10.0.0.7 is down");
                },
                Access.EVERYBODY);
        broken(routes, "/broken", new AuthUnavailableException("the store is down"));
        broken(routes, "/broken-login", new LoginRefusedException("the store is full"));
        feed(routes, "/feed", Access.USERS);
        feed(routes, "/forgotten-feed");
        feed(routes, "/vault-feed", Access.PROVED);
        feed(routes, "/public-feed", Access.EVERYBODY);
        feed(routes, "/down-feed", Access.EVERYBODY);
    }

    private static void broken(RoutesConfig routes, String path, RuntimeException failure) {
        page(
                routes,
                path,
                ctx -> {
                    sendHalf(ctx);
                    throw failure;
                },
                Access.EVERYBODY);
    }

    private static void sendHalf(Context ctx) throws IOException {
        ctx.outputStream().write("half a page".getBytes(StandardCharsets.UTF_8));
        ctx.res().flushBuffer();
    }

    private static void feed(RoutesConfig routes, String path, Access... access) {
        routes.ws(path, feed -> feed.onConnect(opened -> opened.send("the gate is open")), access);
    }

    private static void page(RoutesConfig routes, String path, Handler page, Access... access) {
        for (HandlerType method : METHODS) {
            routes.addHttpHandler(method, path, page, access);
        }
    }

    private static void whoIsIt(Context ctx) {
        ctx.result(ServletAuth.of(ctx.req()).identity().map(Identity::subject).orElse("a stranger"));
    }

    private static void login(Context ctx) throws IOException {
        ServletAuth door = ServletAuth.of(ctx.req());
        Outcome<Issued> issued = door.login(Login.of("ada"));
        Optional<Rejection> refused = issued.rejection();
        if (refused.isPresent()) {
            door.refuse(refused.get());
        } else {
            ctx.result(issued.toOptional().orElseThrow().body());
        }
    }

    private static void logout(Context ctx) {
        ServletAuth.of(ctx.req()).logout();
        ctx.status(204);
    }

    private static void loginLate(Context ctx) throws IOException {
        ctx.res().getOutputStream().print("begun");
        ctx.res().flushBuffer();
        try {
            login(ctx);
        } catch (IllegalStateException e) {
            ctx.res().getOutputStream().print(", refused");
        }
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + javalin.port() + "/");
    }

    @Override
    public void stop() {
        javalin.stop();
    }
}
