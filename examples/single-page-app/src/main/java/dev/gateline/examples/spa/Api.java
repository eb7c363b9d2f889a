package dev.gateline.examples.spa;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.http.HttpAuth;
import dev.gateline.jdkhttp.JdkHttpAuth;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page and its API. The page is static and holds nothing private; the API demands a login. */
final class Api {
    private final HttpAuth auth;
    private final JdkHttpAuth door;

    Api(HttpAuth auth) {
        this.auth = auth;
        door = new JdkHttpAuth(auth);
    }

    void addTo(HttpServer server) {
        Requirement recent = Requirement.none().authenticatedWithin(Duration.ofMinutes(5));
        server.createContext("/", exchange -> file(exchange, "index.html", "text/html"));
        server.createContext("/park.js", exchange -> file(exchange, "park.js", "text/javascript"));
        server.createContext("/who", door.open((exchange, who) -> {
            send(exchange, "hello " + who.fold(Identity::subject, reason -> "stranger"));
        }));
        server.createContext("/me", door.secured((exchange, user) -> send(exchange, "hello " + user.subject())));
        server.createContext("/vault", door.secured(recent, (exchange, user) -> send(exchange, "the vault is open")));
        server.createContext("/login", door.guarded(exchange -> {
            Map<String, String> form = form(exchange);
            Outcome<Login> verified = verify(exchange, form.getOrDefault("user", ""), form);
            door.answer(exchange, verified.then(login -> auth.login(JdkHttpAuth.view(exchange), login)));
        }));
        server.createContext("/step-up", door.secured((exchange, user) -> {
            Outcome<Login> verified = verify(exchange, user.subject(), form(exchange));
            door.answer(exchange, verified.then(login -> auth.reauthenticate(JdkHttpAuth.view(exchange), login)));
        }));
        server.createContext(
                "/logout", door.guarded(exchange -> door.answer(exchange, auth.logout(JdkHttpAuth.view(exchange)))));
        server.createContext("/logout-everywhere", door.secured((exchange, user) -> {
            // a link of another site is a GET with cookies
            if (exchange.getRequestMethod().equals("POST")) {
                auth.logins().endAll(user.subject());
            }
            send(exchange, "done");
        }));
    }

    /** Another site must not make a browser guess, so the password is looked at last. */
    private Outcome<Login> verify(HttpExchange exchange, String user, Map<String, String> form) {
        Optional<Rejection> refusal = auth.checkLogin(JdkHttpAuth.view(exchange));
        return refusal.isPresent()
                ? Outcome.rejected(refusal.get())
                : Accounts.verify(user, form.getOrDefault("password", ""));
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readNBytes(4096), StandardCharsets.UTF_8);
        return Stream.of(body.split("&", -1))
                .map(field -> (field + "=").split("=", -1))
                .collect(Collectors.toMap(
                        field -> field[0],
                        field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8),
                        (one, two) -> one));
    }

    /** Nobody keeps an answer, so no later user of the browser finds it. */
    private static void send(HttpExchange exchange, String text) throws IOException {
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        write(exchange, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void file(HttpExchange exchange, String name, String type) throws IOException {
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
        try (InputStream file = Api.class.getResourceAsStream(name)) {
            write(exchange, type, Objects.requireNonNull(file, name).readAllBytes());
        }
    }

    private static void write(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type + ";charset=utf-8");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
