package dev.gateline.jdkhttp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginRefusedException;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.http.HttpAuth;
import dev.gateline.kit.AnswerContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The contract of adapters, on the JDK's own server. */
abstract class JdkHttpContract extends AnswerContract {
    private HttpServer server;

    @Override
    protected URI serve(HttpAuth auth) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        JdkHttpAuth door = new JdkHttpAuth(auth);
        server.createContext(
                "/public",
                door.open((exchange, who) -> send(exchange, who.fold(Identity::subject, reason -> "a stranger"))));
        server.createContext("/me", door.secured((exchange, identity) -> send(exchange, identity.subject())));
        server.createContext(
                "/vault",
                door.secured(
                        Requirement.none().methods("otp"), (exchange, identity) -> send(exchange, identity.subject())));
        server.createContext("/fails", door.secured((exchange, identity) -> answer(exchange, 500)));
        server.createContext("/login", login(door, auth));
        server.createContext("/callback", login(door, auth));
        server.createContext(
                "/logout", door.guarded(exchange -> door.answer(exchange, auth.logout(JdkHttpAuth.view(exchange)))));
        server.createContext("/late", door.guarded(exchange -> loginLate(auth, exchange)));
        server.createContext("/full", door.guarded(exchange -> {
            throw new LoginRefusedException("the store is full");
        }));
        server.createContext("/broken", door.guarded(exchange -> {
            sendHalf(exchange);
            throw new AuthUnavailableException("the store is down");
        }));
        server.createContext("/broken-refusal", door.guarded(exchange -> {
            sendHalf(exchange);
            door.refuse(exchange, Rejection.MISSING);
        }));
        server.start();
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    @Override
    protected void stop() {
        server.stop(0);
    }

    @Test
    void refusal_afterAPartWasSent_breaksTheResponseOff() {
        assertBreaksOff("/broken-refusal");
    }

    private static HttpHandler login(JdkHttpAuth door, HttpAuth auth) {
        return door.guarded(exchange -> door.answer(exchange, auth.login(JdkHttpAuth.view(exchange), Login.of("ada"))));
    }

    private static void loginLate(HttpAuth auth, HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        String text = "logged in";
        try {
            auth.login(JdkHttpAuth.view(exchange), Login.of("ada"));
        } catch (IllegalStateException e) {
            text = "refused";
        }
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    private static void sendHalf(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write("half a page".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static void send(HttpExchange exchange, String text) throws IOException {
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, isHead ? -1 : bytes.length);
        if (!isHead) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
