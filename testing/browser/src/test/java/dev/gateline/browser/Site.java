package dev.gateline.browser;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.http.HttpAuth;
import dev.gateline.jdkhttp.JdkHttpAuth;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with every name there is: the host's pages under one name, an attacker's under others. Thread-safe. */
final class Site implements AutoCloseable {
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger changes = new AtomicInteger();

    /**
     * Starts with an empty page at {@code /blank}, and one at {@code /toss} that sets what its query says as a cookie.
     */
    Site(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(LocalCertificate.make(folder)));
        server.setExecutor(threads);
        on("/blank", exchange -> send(exchange, ""));
        on("/toss", exchange -> {
            String cookie = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Set-Cookie", cookie);
            send(exchange, "tossed");
        });
        server.start();
    }

    /** An address here, by a name of this server's. */
    String at(String host, String path) {
        return origin(host) + path;
    }

    String origin(String host) {
        return "https://" + host + ":" + server.getAddress().getPort();
    }

    /** Adds pages that know who is logged in, under a path of their own. */
    void add(String prefix, HttpAuth auth) {
        JdkHttpAuth door = new JdkHttpAuth(auth);
        on(prefix + "/me", door.open((exchange, who) -> {
            exchange.getResponseHeaders().add("Cache-Control", "no-store");
            send(exchange, who.fold(identity -> "you are " + identity.subject(), reason -> "a stranger: " + reason));
        }));
        on(prefix + "/secret", door.secured((exchange, identity) -> {
            exchange.getResponseHeaders().add("Cache-Control", "no-store");
            send(exchange, "the secret of " + identity.subject());
        }));
        on(prefix + "/kept", door.secured((exchange, identity) -> {
            exchange.getResponseHeaders().add("Cache-Control", "private, max-age=600");
            send(exchange, "the secret of " + identity.subject());
        }));
        on(prefix + "/change", door.secured((exchange, identity) -> {
            changes.incrementAndGet();
            send(exchange, "changed");
        }));
        on(prefix + "/login", door.guarded(exchange -> {
            String user = exchange.getRequestURI().getQuery();
            answer(door, exchange, auth.login(JdkHttpAuth.view(exchange), Login.of(user)));
        }));
        on(prefix + "/renew", door.guarded(exchange -> answer(door, exchange, auth.renew(JdkHttpAuth.view(exchange)))));
        on(
                prefix + "/logout",
                door.guarded(exchange -> answer(door, exchange, auth.logout(JdkHttpAuth.view(exchange)))));
    }

    private static void answer(JdkHttpAuth door, HttpExchange exchange, Outcome<?> outcome) throws IOException {
        if (outcome instanceof Outcome.Rejected<?> rejected) {
            Rejection reason = rejected.reason();
            door.refuse(exchange, reason);
        } else {
            send(exchange, "done");
        }
    }

    /** How many changes were made in a user's name. */
    int changes() {
        return changes.get();
    }

    /** The requests that were answered: method, path, status, and whether a cookie of ours came along. */
    List<String> seen() {
        return List.copyOf(seen);
    }

    private void on(String path, HttpHandler handler) {
        HttpContext context = server.createContext(path, handler);
        context.getFilters().add(Filter.afterHandler("notes requests", exchange -> {
            boolean cookie = exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
                    .anyMatch(line -> line.contains("id="));
            seen.add(exchange.getRequestMethod() + " " + path + " " + exchange.getResponseCode()
                    + (cookie ? " with a cookie" : ""));
        }));
    }

    private static void send(HttpExchange exchange, String text) throws IOException {
        byte[] page = ("<!doctype html><title>" + text + "</title><body>" + text).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(200, page.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(page);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
