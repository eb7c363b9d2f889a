package dev.gateline.examples.spa;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gateline.examples.walk.Visitor;
import dev.gateline.examples.walk.Walk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The walk through the API, and the static page. */
abstract class ParkWalk extends Walk {
    private final String strategy;
    private Optional<HttpServer> server = Optional.empty();

    ParkWalk(String strategy) {
        this.strategy = strategy;
    }

    @Override
    protected URI start(Clock clock) throws IOException {
        HttpServer started = Park.start(0, strategy, clock);
        server = Optional.of(started);
        return URI.create("http://127.0.0.1:" + started.getAddress().getPort() + "/");
    }

    @Override
    protected void stop() {
        server.orElseThrow().stop(0);
    }

    @Override
    protected String home() {
        return "/who";
    }

    @Test
    void page_anybody_isServedWithoutAnythingPrivate() {
        HttpResponse<String> page = ada().get("/");

        assertThat(page.body()).contains("<script type=\"module\"").doesNotContain("ada");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    /** Access tokens of five minutes have expired by then, and the id of a session is due. */
    @Test
    void me_sixteenMinutesLater_isServedAndTheCookieIsRenewedOnTheWay() {
        Visitor browser = ada();

        advance(Duration.ofMinutes(16));

        HttpResponse<String> me = browser.get("/me");
        assertThat(me.body()).isEqualTo("hello ada");
        assertThat(me.headers().allValues("Set-Cookie")).isNotEmpty();
        assertThat(browser.get("/me").body()).isEqualTo("hello ada");
    }

    @Test
    void me_halfAnHourLater_isRefused() {
        Visitor browser = ada();

        advance(Duration.ofMinutes(31));

        assertThat(browser.get("/me").statusCode()).isEqualTo(401);
    }
}
