package dev.gateline.vertx;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginRefusedException;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.http.AsyncHttpAuth;
import dev.gateline.http.HttpAuth;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthenticationHandler;
import java.util.Optional;

/**
 * Recognises the user of each request, and never blocks the event loop. Behind it {@code context.user()} is Gateline's
 * user, so that Vert.x's handlers of authorization work, and {@link VertxAuth#of} has the rest. Mount it before
 * handlers that ask, and behind {@code CorsHandler}. Thread-safe.
 *
 * <pre>{@code
 * AsyncHttpAuth async = VertxAuth.onWorkers(vertx, auth);
 * router.route().handler(GatelineHandler.open(async)).failureHandler(GatelineHandler.failures());
 * router.route("/members/*").handler(GatelineHandler.secured(async));
 * }</pre>
 */
public final class GatelineHandler implements AuthenticationHandler {
    private final AsyncHttpAuth auth;
    private final Optional<Requirement> demanded;

    private GatelineHandler(AsyncHttpAuth auth, Optional<Requirement> demanded) {
        this.auth = auth;
        this.demanded = demanded;
    }

    /**
     * For all pages: lets every request through but those that another site made a browser send. A browser whose cookie
     * is dead is a stranger here, and can log in.
     *
     * @param auth is adapted
     */
    public static GatelineHandler open(AsyncHttpAuth auth) {
        return new GatelineHandler(auth, Optional.empty());
    }

    /**
     * Lets only requests through whose sender is known.
     *
     * @param auth is adapted
     */
    public static GatelineHandler secured(AsyncHttpAuth auth) {
        return secured(auth, Requirement.none());
    }

    /**
     * Lets only requests through whose sender is known and satisfies a requirement.
     *
     * @param auth is adapted
     * @param requirement such as a recent proof
     */
    public static GatelineHandler secured(AsyncHttpAuth auth, Requirement requirement) {
        return new GatelineHandler(auth, Optional.of(requirement));
    }

    /**
     * Answers what handlers fail with: 503 to an {@link AuthUnavailableException}, with the cookies left alone, and to
     * a {@link LoginRefusedException}. Other failures go on to the next failure handler.
     */
    public static Handler<RoutingContext> failures() {
        return context -> {
            Optional<VertxAuth> door = VertxAuth.find(context);
            if (door.isEmpty() || !door.get().answers(context.failure())) {
                context.next();
            }
        };
    }

    @Override
    public void handle(RoutingContext context) {
        Optional<VertxAuth> earlier = VertxAuth.find(context);
        if (earlier.isPresent() && !earlier.get().isOf(auth)) {
            context.fail(new IllegalStateException("one HttpAuth for each path: a handler of another has judged this"
                    + " request before; join them as lanes of one HttpAuth, or mount the handlers at other paths"));
            return;
        }
        context.request().pause();
        VertxAuth door = earlier.orElseGet(() -> new VertxAuth(auth, context));
        int visit = door.visit();
        door.addHeaders();
        Future<Boolean> permission =
                visit == 1 ? door.known().compose(any -> permits(door, visit)) : permitsAgain(door, visit);
        permission.onComplete(
                permitted -> {
                    context.request().resume();
                    if (permitted && door.isAt(visit)) {
                        goOn(context);
                    }
                },
                failure -> {
                    context.request().resume();
                    if (door.isAt(visit)) {
                        door.fail(failure);
                    }
                });
    }

    /** Whether the request may go on; otherwise it has been refused, or a reroute has led it elsewhere. */
    private Future<Boolean> permits(VertxAuth door, int visit) {
        if (!door.isAt(visit)) {
            return Future.succeededFuture(false);
        }
        Optional<Rejection> refused = HttpAuth.refusedAtOnce(door.outcome());
        refused.ifPresent(door::refuse);
        return refused.isPresent() ? Future.succeededFuture(false) : satisfies(door);
    }

    /**
     * The request has been here before. If it was refused at once then, a reroute leads it to an error page now. An
     * error page for all does not wait for a store: its reader may be a stranger until then.
     */
    private Future<Boolean> permitsAgain(VertxAuth door, int visit) {
        door.forgetOthers();
        return demanded.isEmpty()
                ? Future.succeededFuture(true)
                : door.known().compose(this::satisfies, failure -> failsAgain(door, visit, failure));
    }

    private static Future<Boolean> failsAgain(VertxAuth door, int visit, Throwable failure) {
        if (door.isAt(visit)) {
            door.failWithoutPage(failure);
        }
        return Future.succeededFuture(false);
    }

    private Future<Boolean> satisfies(VertxAuth door) {
        return demanded.isEmpty()
                ? Future.succeededFuture(true)
                : door.require(demanded.get()).map(Optional::isPresent);
    }

    private static void goOn(RoutingContext context) {
        boolean isOver = context.failed() || context.response().ended();
        if (!isOver) {
            VertxAuth.of(context).goOn(context);
        }
    }
}
