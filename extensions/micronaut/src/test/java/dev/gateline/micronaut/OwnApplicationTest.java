package dev.gateline.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.http.BearerCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.kit.RawHttp;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of an application that Gateline does not know: files, and a handler of all exceptions. */
@Tag("slow")
class OwnApplicationTest {
    private final HttpAuth auth = HttpAuth.builder()
            .lane(
                    BearerCarrier.create(),
                    SessionAuthenticator.builder(Storage.inMemory(10)).build())
            .build();

    /** The filter of the guide stands before the files. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/files/plan.txt",
                "/%66iles/plan.txt",
                "/files%2Fplan.txt",
                "/./files/plan.txt",
                "//x/files/plan.txt",
                "/style.css/../files/plan.txt",
                "/style.css/%2e%2e/files/plan.txt"
            })
    void file_forUsers_isServedToNoStrangerByAnyPath(String target, @TempDir Path folder) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("files")).resolve("plan.txt"), "the plan");
        Files.writeString(folder.resolve("style.css"), "body {}");
        MicronautServer server = MicronautServer.start(
                auth,
                Map.of(
                        "micronaut.router.static-resources.default.paths",
                        "file:" + folder,
                        "micronaut.router.static-resources.default.mapping",
                        "/**"));
        try {
            assertThat(RawHttp.get(server.address(), target)).doesNotContain("the plan");
            assertThat(RawHttp.get(server.address(), "/style.css")).contains("body {}");
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({"/more/identity,401", "/more/fresh,401", "/broken-early,503", "/fails-plainly,500"})
    void failure_inAnApplicationThatHandlesAllExceptions_hasTheAnswerOfGateline(String path, int status) {
        MicronautServer server = MicronautServer.start(auth, Map.of(AllErrors.PROPERTY, true));
        try {
            String answer = RawHttp.get(server.address(), path);

            assertThat(answer).startsWith("HTTP/1.1 " + status).doesNotContain("10.0.0.7");
            assertThat(answer.contains("WWW-Authenticate") || answer.contains("www-authenticate"))
                    .isEqualTo(status == 401);
        } finally {
            server.stop();
        }
    }
}
