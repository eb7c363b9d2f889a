package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The promises of an adapter with a method {@code answer}, which answers a login, a renewal or a logout in the way that
 * suits the client. Its {@code /login} is served by that method.
 */
public abstract class AnswerContract extends HttpAdapterContract {
    private static final String[] FORM_OF_A_BROWSER = {"Accept", "text/html", "Origin", SITE};

    /** The target of the browser after a login at each path. */
    private static final Map<String, String> TARGETS = Map.of(
            "/login?return_to=/me", "/me",
            "/login?return_to=https://evil.example", "/",
            "/login?return_to=%2Fme%3Fa%3D%7Cb", "/",
            "/login", "/");

    /** For subclasses. */
    protected AnswerContract() {}

    @Test
    void answer_browserThatHasSentAForm_goesToThePageThatItWanted() throws Exception {
        for (Map.Entry<String, String> each : TARGETS.entrySet()) {
            HttpResponse<String> response = send("POST", each.getKey(), FORM_OF_A_BROWSER);

            assertThat(response.statusCode()).as(each.getKey()).isEqualTo(303);
            URI target = URI.create(response.headers().firstValue("Location").orElseThrow());
            assertThat(site().resolve(target)).as(each.getKey()).isEqualTo(site().resolve(each.getValue()));
            assertThat(response.headers().allValues("Set-Cookie")).isNotEmpty();
        }
    }

    /** {@code HttpURLConnection} of the JDK asks for HTML, unless it is told otherwise. */
    @Test
    void answer_programThatAsksForHtml_getsItsToken() throws Exception {
        HttpResponse<String> response = send("POST", "/login", "Accept", "text/html, */*; q=0.2");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(response.body()).contains("access_token");
    }

    /** The login has started by then, so the browser must get its cookies; or the server refuses before the login. */
    @Test
    void answer_queryThatCanNotBeRead_leadsToTheFirstPage() throws Exception {
        String[] browser = {"Accept: text/html", "Origin: " + SITE};
        for (String query : new String[] {"?return_to=%zz", "?%zz", "?return_to=%"}) {
            String response = RawHttp.post(site(), "/login" + query, browser);

            if (RawHttp.post(site(), "/public" + query, browser).startsWith("HTTP/1.1 200 ")) {
                assertThat(response)
                        .startsWith("HTTP/1.1 303 ")
                        .containsIgnoringCase("\r\nset-cookie: __Host-Http-id=");
            } else {
                assertThat(response).as(query).doesNotContainIgnoringCase("set-cookie");
            }
        }
    }

    @Test
    void answer_rejection_isRefused() throws Exception {
        HttpResponse<String> response = send("POST", "/login", "Accept", "text/html", "Origin", EVIL);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    }
}
