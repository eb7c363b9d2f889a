package dev.gateline.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Redis that answers nothing, and keeps its connections. There is one event loop and one worker thread. */
@Tag("slow")
class FrozenRedisTest {
    private static final int PINGS = 200;

    @Test
    void redisFrozen_pingsAndKnownUsers_areAnsweredWhileAnotherRequestWaits() throws Exception {
        try (FrozenRedis server = new FrozenRedis()) {
            server.freeze();
            CompletableFuture<HttpResponse<String>> hung = server.me(server.unknown);

            for (int i = 0; i < PINGS; i++) {
                assertThat(server.ping().get(60, TimeUnit.SECONDS).body()).isEqualTo("a stranger");
                assertThat(server.me(server.known).get(60, TimeUnit.SECONDS).body())
                        .isEqualTo("ada");
            }

            assertThat(hung).isNotDone();
            server.thaw();
            assertThat(hung.get(60, TimeUnit.SECONDS).body()).isEqualTo("eve");
        }
    }
}
