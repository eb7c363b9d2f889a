package dev.gateline.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.AuthListener;
import dev.gateline.Authenticator;
import dev.gateline.kit.Faults;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VertxSessionTest extends VertxContract {
    @Override
    protected Authenticator authenticator(Storage storage, Clock clock, AuthListener listener) {
        return SessionAuthenticator.builder(storage)
                .clock(clock)
                .listener(listener)
                .build();
    }

    @Test
    void reroute_beforeTheStoreAnswers_aSecuredPageWaitsAndIsServedOnce() throws Exception {
        String token = token();
        Faults.Hold hold = faults().hold("find");
        CompletableFuture<HttpResponse<String>> held = begin(with(token), "/held");
        hold.awaitArrival();

        send(HttpRequest.newBuilder(), "/impatience?to=/counted");
        assertThat(held).isNotDone();
        hold.release();

        assertThat(held.get(60, TimeUnit.SECONDS).body()).isEqualTo("ada 1");
        assertThat(send(with(token), "/counted").body()).isEqualTo("ada 2");
    }

    @Test
    void reroute_beforeTheStoreAnswers_aPageForAllDoesNotWait() throws Exception {
        String token = token();
        Faults.Hold hold = faults().hold("find");
        CompletableFuture<HttpResponse<String>> held = begin(with(token), "/held");
        hold.awaitArrival();

        send(HttpRequest.newBuilder(), "/impatience?to=/public");

        assertThat(held.get(60, TimeUnit.SECONDS).body()).isEqualTo("a stranger");
        hold.release();
    }

    /** The first visit must not lead the request on from the page that has it by then. */
    @Test
    void reroute_beforeTheStoreAnswers_toAPageThatAnswersLater_isAnsweredByThatPage() throws Exception {
        String token = token();
        Faults.Hold hold = faults().hold("find");
        CompletableFuture<HttpResponse<String>> held = begin(with(token), "/held");
        hold.awaitArrival();

        send(HttpRequest.newBuilder(), "/impatience?to=/waiting");
        hold.release();
        assertThat(send(with(token), "/me").body())
                .as("behind it on the same worker")
                .isEqualTo("ada");
        send(HttpRequest.newBuilder(), "/finish");

        assertThat(held.get(60, TimeUnit.SECONDS).body()).isEqualTo("late");
    }

    @Test
    void reroute_beforeTheStoreFails_aSecuredPageIsAnOutageAndNoRefusal() throws Exception {
        String token = token();
        Faults.Hold hold = faults().hold("find");
        CompletableFuture<HttpResponse<String>> held = begin(with(token), "/held");
        hold.awaitArrival();

        send(HttpRequest.newBuilder(), "/impatience?to=/counted");
        faults().down();
        hold.release();

        assertThat(held.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
    }
}
