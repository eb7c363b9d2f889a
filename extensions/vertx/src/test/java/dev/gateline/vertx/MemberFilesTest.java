package dev.gateline.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Login;
import dev.gateline.http.AsyncHttpAuth;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.kit.RawHttp;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files for members beside files for all, as the guide says. */
@Tag("slow")
class MemberFilesTest {
    private final SessionAuthenticator gate =
            SessionAuthenticator.builder(Storage.inMemory(10)).build();

    private static StaticHandler files(Path folder) {
        return StaticHandler.create(FileSystemAccess.ROOT, folder.toString());
    }

    @Test
    void file_forMembers_isServedToNoStrangerByAnyPath(@TempDir Path folder) throws Exception {
        Path open = written(folder, "open", "all.txt");
        Path members = written(folder, "members", "plan.txt");
        AsyncHttpAuth auth = new AsyncHttpAuth(
                HttpAuth.builder().lane(BearerCarrier.create(), gate).build(), Runnable::run);
        Vertx vertx = Vertx.vertx();
        try {
            Router router = Router.router(vertx);
            router.route().handler(GatelineHandler.open(auth));
            router.route("/members/*")
                    .handler(GatelineHandler.secured(auth))
                    .handler(files(members).setCachingEnabled(false));
            router.route().handler(files(open));
            HttpServer server = vertx.createHttpServer()
                    .requestHandler(router)
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
            URI site = URI.create("http://127.0.0.1:" + server.actualPort());

            for (String target : List.of(
                    "/members/plan.txt",
                    "/members%2Fplan.txt",
                    "/members%5Cplan.txt",
                    "/%6dembers/plan.txt",
                    "//members/plan.txt",
                    "/./members/plan.txt",
                    "/x/../members/plan.txt",
                    "/%2e%2e/members/plan.txt")) {
                assertThat(RawHttp.get(site, target)).as(target).doesNotContain("in plan.txt");
            }
            assertThat(RawHttp.get(site, "/all.txt")).contains("in all.txt");
            String token = gate.login(Login.of("ada")).access().reveal();
            assertThat(RawHttp.get(site, "/members/plan.txt", "Authorization: Bearer " + token))
                    .contains("in plan.txt")
                    .doesNotContainIgnoringCase("public");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    private static Path written(Path folder, String name, String file) throws IOException {
        Path created = Files.createDirectory(folder.resolve(name));
        Files.writeString(created.resolve(file), "in " + file);
        return created;
    }
}
