package dev.gateline.examples.parkgate;

import static dev.gateline.examples.parkgate.Visitor.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.kit.MutableClock;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@Timeout(120)
@ParameterizedClass
@ValueSource(strings = {"jwt", "session", "both"})
class SecondTabTest {
    private static final Pattern SCRIPT = Pattern.compile("<script src=\"/script.js\" data-login=\"([^\"]+)\"");

    @Parameter
    String strategy;

    private final MutableClock clock = new MutableClock();
    private ParkGate gate;
    private Visitor browser;

    @BeforeEach
    void open() {
        gate = ParkGate.start(strategy, 0, Place.MEMORY, clock);
        browser = Visitor.browser(gate);
    }

    @AfterEach
    void close() {
        gate.close();
    }

    private String login() {
        browser.post("/login", ADA);
        return loginOf(browser.get("/").body());
    }

    private static String loginOf(String page) {
        Matcher script = SCRIPT.matcher(page);
        assertThat(script.find()).as(page).isTrue();
        return script.group(1);
    }

    private Visitor firstTab() {
        return Visitor.browser(gate).withCookiesOf(browser);
    }

    /** By itself the answer would be empty. */
    private static void assertTold(String word, HttpResponse<InputStream> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasBinaryContent(word.getBytes(StandardCharsets.US_ASCII));
    }

    private void assertOver(String login, HttpResponse<InputStream> answer) {
        assertTold(OpenPages.CHANGED, answer);
        assertThat(browser.askForEnd(login).statusCode()).isEqualTo(401);
    }

    /** The other tabs stay where they are: their cookies are good. */
    @Test
    void loginEnd_provedAgainInAnotherTab_isAskedForAgainAndGoesOn() {
        String login = login();
        HttpResponse<InputStream> answer = browser.askForEnd(login);
        assertThat(browser.post("/step-up", ADA).statusCode()).isEqualTo(303);
        assertTold(OpenPages.CHANGED, answer);
        HttpResponse<InputStream> again = browser.askForEnd(login);
        browser.post("/login", ADA);
        assertTold(OpenPages.CHANGED, again);
    }

    @Test
    void loginEnd_loggedOutInAnotherTab_isTold() {
        String login = login();
        HttpResponse<InputStream> answer = browser.askForEnd(login);
        assertThat(firstTab().post("/logout", "").statusCode()).isEqualTo(303);
        assertOver(login, answer);
    }

    @Test
    void loginEnd_loggedOutEverywhereOnAnotherDevice_isTold() {
        String login = login();
        HttpResponse<InputStream> answer = browser.askForEnd(login);
        Visitor phone = Visitor.browser(gate);
        phone.post("/login", ADA);
        phone.post("/logout-everywhere", "");
        assertOver(login, answer);
    }

    @Test
    void loginEnd_browserHasLoggedInAnewSinceThePage_isTold() {
        String before = login();
        browser.post("/login", ADA);
        assertTold(OpenPages.ENDED, browser.askForEnd(before));
    }

    @Test
    void loginEnd_askedForAgainAndAgain_putsOffNoIdleTimeout() {
        String login = login();
        for (int i = 0; i < 3; i++) {
            assertTold(OpenPages.ENDED, browser.askForEnd("another"));
            clock.advance(Duration.ofMinutes(10));
        }
        assertThat(browser.askForEnd(login).statusCode()).isEqualTo(401);
    }

    @Test
    void loginEnd_ofAnotherSiteOrAStranger_isRefused() {
        String login = login();
        assertThat(Visitor.browser(gate).askForEnd(login).statusCode()).isEqualTo(401);
        assertThat(browser.get(OpenPages.PATH).statusCode()).isEqualTo(405);
        browser.with("Origin", "https://elsewhere.example").with("Sec-Fetch-Site", "cross-site");
        assertThat(browser.askForEnd(login).statusCode()).isEqualTo(403);
    }

    @Test
    void pages_ofALogin_haveTheScriptAndOthersHaveNone() {
        String login = login();
        for (String path : List.of("/", "/keys-to-the-park", "/logout-everywhere")) {
            assertThat(loginOf(browser.get(path).body())).as(path).isEqualTo(login);
        }
        assertThat(Visitor.browser(gate).get("/").body()).doesNotContain("<script");
        HttpResponse<String> script = browser.get("/script.js");
        assertThat(script.headers().allValues("Content-Type")).containsExactly("text/javascript; charset=utf-8");
        assertThat(browser.get("/").headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("script-src 'self'; connect-src 'self'")
                .doesNotContain("unsafe");
    }

    @Test
    void loggedOut_stranger_isToldInPlainWordsAndALoginLeadsHome() {
        HttpResponse<String> response = browser.get("/logged-out");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("role=\"alert\">You have been logged out.", "name=\"next\" value=\"/\"");
        login();
        assertThat(browser.get("/logged-out").headers().allValues("Location")).containsExactly("/");
    }
}
