package dev.gateline.helidon;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginRefusedException;
import dev.gateline.Requirement;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.SecureHandler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsListener;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Helidon in this process, with the pages of the contract and some more. */
record HelidonServer(WebServer helidon) {
    private static final Login ADA =
            Login.builder("ada").claim("roles", List.of("keeper")).build();

    static HelidonServer start(HttpAuth auth, HttpAuth... others) {
        HttpRouting.Builder routing = HttpRouting.builder().addFeature(GatelineFeature.of(auth));
        for (HttpAuth other : others) {
            routing.addFeature(GatelineFeature.of(other));
        }
        pages(routing);
        return new HelidonServer(WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .shutdownHook(false)
                .addRouting(routing)
                .addRouting(WsRouting.builder()
                        .endpoint("/feeds/open", Feed::new)
                        .endpoint("/feeds/mine", Feed::new)
                        .endpoint("/feeds/guarded", Feed::new)
                        .endpoint("/feeds/vault", Feed::new))
                .build()
                .start());
    }

    /** Of the staff of the same application. */
    static HttpAuth another() {
        SessionAuthenticator staff =
                SessionAuthenticator.builder(Storage.inMemory(1)).realm("staff").build();
        return HttpAuth.builder().lane(BearerCarrier.create(), staff).build();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + helidon.port() + "/");
    }

    void stop() {
        helidon.stop();
    }

    /** A WebSocket that says nothing. */
    private static final class Feed implements WsListener {}

    private static void pages(HttpRouting.Builder routing) {
        routing.any("/public", HelidonServer::whoIsIt)
                .any("/me", SecureHandler.authenticate(), HelidonServer::whoIsIt)
                .any("/vault", HelidonAuth.secured(Requirement.none().methods("otp")), HelidonServer::whoIsIt)
                .any(
                        "/fails",
                        HelidonAuth.secured(),
                        (request, response) -> response.status(500).send())
                .any("/login", HelidonServer::login)
                .any("/callback", HelidonServer::login)
                .any("/logout", HelidonServer::logout)
                .any("/late", HelidonServer::loginLate)
                .any("/full", (request, response) -> {
                    throw new LoginRefusedException("the store is full");
                })
                .any("/broken", (request, response) -> {
                    sendHalf(response);
                    throw new AuthUnavailableException("the store is down");
                })
                .any("/broken-login", (request, response) -> {
                    sendHalf(response);
                    throw new LoginRefusedException("the store is full");
                })
                .any("/broken-refusal", (request, response) -> {
                    sendHalf(response);
                    HelidonAuth.of(request).require(Requirement.none());
                })
                .any("/feeds/mine", HelidonAuth.secured())
                .any("/feeds/guarded", SecureHandler.authenticate())
                .any("/feeds/vault", HelidonAuth.secured(Requirement.none().methods("otp")))
                .any("/users", SecureHandler.authorize(), HelidonServer::whoIsIt)
                .any("/keepers", SecureHandler.authorize("keeper"), HelidonServer::whoIsIt)
                .any("/owners", SecureHandler.authorize("owner", "baron"), HelidonServer::whoIsIt)
                .any("/elsewhere", (request, response) -> response.reroute("/me"));
    }

    private static void whoIsIt(ServerRequest request, ServerResponse response) {
        response.send(HelidonAuth.of(request).identity().map(Identity::subject).orElse("a stranger"));
    }

    private static void login(ServerRequest request, ServerResponse response) {
        HelidonAuth door = HelidonAuth.of(request);
        door.answer(door.login(ADA));
    }

    private static void logout(ServerRequest request, ServerResponse response) {
        HelidonAuth door = HelidonAuth.of(request);
        door.answer(door.logout());
    }

    private static void sendHalf(ServerResponse response) throws IOException {
        OutputStream body = response.outputStream();
        body.write("half a page".getBytes(StandardCharsets.UTF_8));
        body.flush();
    }

    private static void loginLate(ServerRequest request, ServerResponse response) throws IOException {
        try (OutputStream body = response.outputStream()) {
            body.write("begun".getBytes(StandardCharsets.UTF_8));
            body.flush();
            try {
                HelidonAuth.of(request).login(ADA);
            } catch (IllegalStateException e) {
                body.write(", refused".getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
