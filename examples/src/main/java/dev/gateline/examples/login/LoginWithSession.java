package dev.gateline.examples.login;

import com.password4j.Password;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gateline.Authenticator;
import dev.gateline.Login;
import dev.gateline.Rejection;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.jdkhttp.JdkHttpAuth;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code POST /login} and {@code GET /protected}, with a session cookie. */
public final class LoginWithSession {
    private static final Map<String, String> PASSWORDS =
            Map.of("ada", Password.hash("lovelace").withScrypt().getResult());

    private LoginWithSession() {}

    /** Serves port 8080 of this machine. */
    public static void main(String[] args) throws IOException {
        HttpServer server = start(8080);
        System.out.println("http://localhost:" + server.getAddress().getPort());
    }

    static HttpServer start(int port) throws IOException {
        Authenticator gate =
                SessionAuthenticator.builder(Storage.inMemory(10_000)).build();
        HttpAuth auth = HttpAuth.builder()
                .lane(CookieCarrier.create(), gate)
                .origin("http://localhost:8080")
                .build();
        JdkHttpAuth door = new JdkHttpAuth(auth);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/login", door.guarded(exchange -> login(exchange, auth, door)));
        server.createContext(
                "/protected", door.secured((exchange, user) -> send(exchange, 200, "hello " + user.subject())));
        server.start();
        return server;
    }

    private static void login(HttpExchange exchange, HttpAuth auth, JdkHttpAuth door) throws IOException {
        Optional<Rejection> refusal = auth.checkLogin(JdkHttpAuth.view(exchange));
        if (refusal.isPresent()) {
            door.refuse(exchange, refusal.get());
            return;
        }
        Map<String, String> form = form(exchange);
        String user = form.getOrDefault("user", "");
        if (!Password.check(form.getOrDefault("password", ""), PASSWORDS.getOrDefault(user, PASSWORDS.get("ada")))
                        .withScrypt()
                || !PASSWORDS.containsKey(user)) {
            send(exchange, 401, "wrong name or password");
            return;
        }
        Login login = Login.builder(user).methods("pwd").build();
        door.answer(exchange, auth.login(JdkHttpAuth.view(exchange), login));
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readNBytes(4096), StandardCharsets.UTF_8);
        return Arrays.stream(body.split("&"))
                .map(field -> URLDecoder.decode(field, StandardCharsets.UTF_8).split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> field.length < 2 ? "" : field[1], (one, two) -> one));
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
