package dev.gateline.jdkhttp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.gateline.Activity;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Identity;
import dev.gateline.LoginRefusedException;
import dev.gateline.Outcome;
import dev.gateline.Outcome.Accepted;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.http.Exchange;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.Issued;
import dev.gateline.http.Refusal;
import dev.gateline.http.ReturnPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * {@link HttpAuth} on the JDK's own HTTP server. Thread-safe. That server answers requests on a kept connection some 40
 * ms faster with the system property {@code sun.net.httpserver.nodelay=true}, set before it starts.
 *
 * <pre>{@code
 * JdkHttpAuth gate = new JdkHttpAuth(auth);
 * server.createContext("/me", gate.secured((exchange, identity) -> send(exchange, identity.subject())));
 * }</pre>
 */
public final class JdkHttpAuth {
    private final HttpAuth auth;

    /** Handles a request whose sender is known. */
    @FunctionalInterface
    public interface IdentityHandler {

        /**
         * Handles the exchange and closes it. A handler whose answer waits for something may close it later, on any
         * thread.
         *
         * @param exchange the exchange, of whose response nothing has been sent
         * @param identity who sent the request
         * @throws IOException as {@link HttpHandler#handle}
         */
        void handle(HttpExchange exchange, Identity identity) throws IOException;
    }

    /** Handles a request, whether or not its sender is known. */
    @FunctionalInterface
    public interface OutcomeHandler {

        /**
         * Handles the exchange, and closes it.
         *
         * @param exchange the exchange, of whose response nothing has been sent
         * @param outcome who sent the request, or why that is not known; where an identity is demanded, the reason goes
         *     to {@link #refuse}
         * @throws IOException as {@link HttpHandler#handle}
         */
        void handle(HttpExchange exchange, Outcome<Identity> outcome) throws IOException;
    }

    /**
     * Adapts an {@link HttpAuth}.
     *
     * @param auth the {@link HttpAuth} to adapt
     */
    public JdkHttpAuth(HttpAuth auth) {
        this.auth = auth;
    }

    /**
     * Guards a public page: it refuses only requests that another site made a browser send. A browser with a dead
     * cookie is a stranger here, and can log in ({@link HttpAuth}: when to refuse).
     *
     * @param handler gets the outcome of the authentication
     */
    public HttpHandler open(OutcomeHandler handler) {
        return guarded(exchange -> {
            Outcome<Identity> outcome = auth.authenticate(view(exchange));
            Optional<Rejection> refused = HttpAuth.refusedAtOnce(outcome);
            if (refused.isPresent()) {
                refuse(exchange, refused.get());
            } else {
                handler.handle(exchange, outcome);
            }
        });
    }

    /**
     * Lets only authenticated requests through, and answers the others.
     *
     * @param handler the handler for requests that are let through
     */
    public HttpHandler secured(IdentityHandler handler) {
        return secured(Requirement.none(), handler);
    }

    /**
     * Lets only authenticated requests through that satisfy a requirement, and answers the others.
     *
     * @param requirement the requirement, such as a recent proof
     * @param handler the handler for requests that are let through
     */
    public HttpHandler secured(Requirement requirement, IdentityHandler handler) {
        return secured(requirement, Activity.USER, handler);
    }

    /**
     * Lets only authenticated requests through that satisfy a requirement, for requests of the user or of a program.
     *
     * @param requirement the requirement, such as a recent proof
     * @param activity {@link Activity#BACKGROUND} for a page that polls
     * @param handler the handler for requests that are let through
     */
    public HttpHandler secured(Requirement requirement, Activity activity, IdentityHandler handler) {
        return guarded(exchange -> {
            Outcome<Identity> outcome = auth.authenticate(view(exchange), requirement, activity);
            if (outcome instanceof Accepted<Identity> accepted) {
                handler.handle(exchange, accepted.value());
            } else {
                refuse(exchange, outcome.rejection().orElseThrow(), requirement);
            }
        });
    }

    /**
     * Answers 503 if a store is out of reach or a login can't be held. It is for handlers that call {@link HttpAuth}
     * themselves, to log in or out.
     *
     * @param handler may throw {@link AuthUnavailableException} or {@link LoginRefusedException}; if it has sent a part
     *     of the response before, the connection is closed
     */
    public HttpHandler guarded(HttpHandler handler) {
        return exchange -> {
            try {
                handler.handle(exchange);
            } catch (AuthUnavailableException e) {
                answer(exchange, auth.unavailable(view(exchange)));
            } catch (LoginRefusedException e) {
                answer(exchange, auth.refuse(e, view(exchange)));
            }
        };
    }

    /**
     * Answers a login, a renewal, a step-up or a logout, and closes the exchange. A rejection is refused. A browser
     * that has sent a form goes by a 303 to the page in {@link ReturnPath#PARAMETER}, a parameter of the query, or to
     * {@code /}. Other clients get {@link Issued#body()} as JSON, or 204 if nothing was issued.
     *
     * @param exchange the exchange, of whose response nothing has been sent
     * @param outcome of one of these operations
     * @throws IOException as {@link HttpExchange#sendResponseHeaders}
     */
    public void answer(HttpExchange exchange, Outcome<?> outcome) throws IOException {
        Optional<Rejection> reason = outcome.rejection();
        if (reason.isPresent()) {
            refuse(exchange, reason.get());
        } else {
            done(exchange, outcome.toOptional().orElseThrow());
        }
    }

    private static void done(HttpExchange exchange, Object result) throws IOException {
        Optional<String> page = ReturnPath.afterForm(view(exchange), result, "/");
        if (page.isPresent()) {
            exchange.getResponseHeaders().set("Location", page.get());
            send(exchange, 303, "", "");
        } else if (result instanceof Issued issued) {
            send(exchange, 200, "application/json", issued.body());
        } else {
            send(exchange, 204, "", "");
        }
        exchange.close();
    }

    /** After a part of the response has been sent, this throws, and the server closes the connection. */
    private static void answer(HttpExchange exchange, Refusal refusal) throws IOException {
        send(exchange, refusal.status(), Refusal.CONTENT_TYPE, refusal.body());
        exchange.close();
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        if (body.length == 0) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /**
     * Answers a rejection, and closes the exchange.
     *
     * @param exchange the exchange, of whose response nothing has been sent
     * @param reason decides the status; the client does not get it
     * @throws IOException as {@link HttpExchange#sendResponseHeaders}
     */
    public void refuse(HttpExchange exchange, Rejection reason) throws IOException {
        refuse(exchange, reason, Requirement.none());
    }

    private void refuse(HttpExchange exchange, Rejection reason, Requirement requirement) throws IOException {
        answer(exchange, auth.refuse(reason, view(exchange), requirement));
    }

    /**
     * Shows an exchange to {@link HttpAuth}.
     *
     * @param exchange the exchange, in any state
     */
    public static Exchange view(HttpExchange exchange) {
        return new View(exchange);
    }

    private record View(HttpExchange exchange) implements Exchange {
        @Override
        public String method() {
            return exchange.getRequestMethod();
        }

        @Override
        public String path() {
            return exchange.getRequestURI().getPath();
        }

        @Override
        public String target() {
            return exchange.getRequestURI().toString();
        }

        @Override
        public List<String> headers(String name) {
            return exchange.getRequestHeaders().getOrDefault(name, List.of());
        }

        @Override
        public String remoteAddress() {
            return exchange.getRemoteAddress().getAddress().getHostAddress();
        }

        @Override
        public void addHeader(String name, String value) {
            exchange.getResponseHeaders().add(name, value);
        }

        @Override
        public boolean isCommitted() {
            return exchange.getResponseCode() != -1;
        }
    }
}
