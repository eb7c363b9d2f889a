package dev.gateline.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gateline.Credential;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** The introspection endpoint of a provider, which gives any answer to any question. */
final class IntrospectionEndpoint implements AutoCloseable {
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();

    /** A permit for each question that has arrived. */
    final Semaphore entered = new Semaphore(0);

    /** JSON with simple quotes. */
    volatile String answer;

    volatile int status = 200;

    /** Answers wait for it. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    private IntrospectionEndpoint(HttpServer server, String answer) {
        this.server = server;
        this.answer = answer;
    }

    static IntrospectionEndpoint start(String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        IntrospectionEndpoint endpoint = new IntrospectionEndpoint(server, answer);
        server.setExecutor(endpoint.threads);
        server.createContext("/introspect", endpoint::answer);
        server.start();
        return endpoint;
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        entered.release();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        byte[] body = answer.replace('\'', '"').getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** A verifier that asks here. */
    IntrospectionVerifierBuilder verifier(String issuer) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/introspect");
        return IntrospectionVerifier.builder(address)
                .issuer(issuer)
                .audience("park-api")
                .clientSecret("park api", Credential.of("s:e/c%r"))
                .insecureHttpForLocalDevelopment();
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
