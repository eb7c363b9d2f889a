package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Pages that fail, or can't be shown, because of a store, of another site, or of the application itself. */
abstract class PageFailureCases extends ServedPages {
    private static final List<String> PAGES = List.of("/public", "/me");

    @Test
    void full_loginThatCanNotBeHeld_is503() throws Exception {
        assertThat(send("POST", "/full").statusCode()).isEqualTo(503);
    }

    /**
     * A text of the page that the application shows a browser with an error; empty unless there is such a page. The
     * page needs no login.
     */
    protected String errorPage() {
        return "";
    }

    @Test
    void outage_ofABrowser_is503WithTheErrorPage() throws Exception {
        for (String path : PAGES) {
            String cookies = jar(loginFromOurPage());
            clock.advance(Duration.ofMinutes(16));

            faults.down();
            HttpResponse<String> response = send("GET", path, "Cookie", cookies, "Accept", "text/html");
            faults.none();

            assertThat(response.statusCode()).as(path).isEqualTo(503);
            assertThat(response.headers().allValues("Retry-After")).as(path).hasSize(1);
            assertThat(response.body()).as(path).contains(errorPage());
        }
    }

    @Test
    void crossOrigin_ofABrowser_is403WithTheErrorPage() throws Exception {
        String[] headers = {"Cookie", jar(loginFromOurPage()), "Accept", "text/html", "Origin", EVIL};
        for (String path : PAGES) {
            HttpResponse<String> response = send("POST", path, headers);

            assertThat(response.statusCode()).as(path).isEqualTo(403);
            assertThat(response.body()).as(path).contains(errorPage());
        }
    }

    @Test
    void outage_afterAPartWasSent_breaksTheResponseOff() {
        assertBreaksOff("/broken");
    }

    /**
     * Asserts that a client does not take what it gets for a whole response. Override it only for a framework that
     * completes every response that it has begun.
     *
     * @param path of a page that fails after a part of it has been sent
     */
    protected void assertBreaksOff(String path) {
        assertThat(client.sendAsync(request(path).build(), BodyHandlers.ofString()))
                .failsWithin(Duration.ofMinutes(1))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void outage_securedPage_is503AndTheCookiesStay() throws Exception {
        assertIsOutageThatKeepsCookies("/me");
    }

    @Test
    void outage_publicPage_is503AndTheCookiesStay() throws Exception {
        assertIsOutageThatKeepsCookies("/public");
    }

    private void assertIsOutageThatKeepsCookies(String path) throws Exception {
        String cookies = jar(loginFromOurPage());
        clock.advance(Duration.ofMinutes(16));

        faults.down();
        HttpResponse<String> response = send("GET", path, "Cookie", cookies);
        faults.none();

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(cookies(response)).isEmpty();
        assertThat(response.body()).doesNotContain("BrokenStore", "dev.gateline");
        assertThat(send("GET", "/me", "Cookie", cookies).body()).isEqualTo("ada");
    }

    @Test
    void renewal_onTheWayToAPageThatFails_leavesTheLoginAlive() throws Exception {
        String cookies = jar(loginFromOurPage());
        clock.advance(Duration.ofMinutes(16));

        HttpResponse<String> response = send("GET", "/fails", "Cookie", cookies);

        assertThat(response.statusCode()).isEqualTo(500);
        String next = cookies(response).isEmpty() ? cookies : jar(response);
        assertThat(send("GET", "/me", "Cookie", next).body()).isEqualTo("ada");
    }
}
