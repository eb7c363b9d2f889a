package dev.gateline.examples.parkgate;

import static dev.gateline.examples.parkgate.Visitor.ADA;
import static dev.gateline.examples.parkgate.Visitor.GRACE;
import static dev.gateline.examples.parkgate.Visitor.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateline.kit.MutableClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@ParameterizedClass
@ValueSource(strings = {"jwt", "session", "both"})
class StepUpTest {
    private static final String KEYS = "/keys-to-the-park";
    private static final Duration RECENT = Duration.ofMinutes(5);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Parameter
    String strategy;

    private final MutableClock clock = new MutableClock();
    private ParkGate gate;
    private Visitor browser;
    private Visitor program;

    @BeforeEach
    void open() {
        gate = ParkGate.start(strategy, 0, Place.MEMORY, clock);
        browser = Visitor.browser(gate);
        program = Visitor.program(gate);
    }

    @AfterEach
    void close() {
        gate.close();
    }

    @Test
    void keys_nobody_asksToLogIn() {
        HttpResponse<String> response = browser.get(KEYS);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("log in first", "action=\"/login\"");
        assertThat(program.get(KEYS).statusCode()).isEqualTo(401);
    }

    @Test
    void keys_browserAtTheBoundary_isAskedAgainAfterIt() {
        browser.post("/login", ADA);
        clock.advance(RECENT);
        assertThat(browser.get(KEYS).body()).contains("Main gate");
        clock.advance(SECOND);
        HttpResponse<String> response = browser.get(KEYS);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body())
                .contains("Is it you, ada?", "action=\"/step-up\"")
                .doesNotContain("Main gate");
        assertThat(browser.get("/").body()).contains("<h1>ada</h1>");
    }

    @Test
    void stepUp_browser_leadsToThePageWithTheSameLogin() {
        browser.post("/login", ADA);
        if (!strategy.equals("jwt")) {
            browser.post("/cart", "item=popcorn");
        }
        clock.advance(RECENT.plus(SECOND));
        Visitor copy = Visitor.browser(gate).withCookiesOf(browser);
        assertThat(browser.get(KEYS).body()).contains("name=\"next\" value=\"" + KEYS + "\"");
        HttpResponse<String> response = browser.post("/step-up", ADA + "&next=" + KEYS);
        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().allValues("Location")).containsExactly(KEYS);
        assertThat(browser.get(KEYS).body()).contains("Main gate");
        assertThat(browser.get("/").body())
                .contains("keeper, visitor")
                .containsOnlyOnce("Firefox on Linux <span")
                .contains(strategy.equals("jwt") ? "" : "Your cart <span class=\"badge\">1</span>");
        assertThat(copy.get(KEYS).statusCode()).isEqualTo(401);
    }

    @Test
    void stepUp_wrongPassword_showsTheFormAgain() {
        browser.post("/login", ADA);
        clock.advance(RECENT.plus(SECOND));
        HttpResponse<String> response = browser.post("/step-up", "user=ada&password=hopper");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("wrong name or password", "action=\"/step-up\"");
        assertThat(browser.get(KEYS).statusCode()).isEqualTo(401);
        assertThat(browser.get("/").body()).contains("<h1>ada</h1>");
    }

    @Test
    void stepUp_somebodyElse_isRefused() {
        browser.post("/login", ADA);
        clock.advance(RECENT.plus(SECOND));
        assertThat(browser.post("/step-up", GRACE).statusCode()).isEqualTo(401);
        assertThat(browser.get(KEYS).statusCode()).isEqualTo(401);
        assertThat(browser.get("/").body()).contains("<h1>ada</h1>");
    }

    @Test
    void stepUp_fromAnotherSite_isForbidden() {
        browser.post("/login", ADA);
        browser.with("Origin", "https://elsewhere.example").with("Sec-Fetch-Site", "cross-site");
        assertThat(browser.post("/step-up", ADA).statusCode()).isEqualTo(403);
    }

    @Test
    void endingOthers_browserAfterTheBoundary_isAskedAgainAndEndsNothing() {
        browser.post("/login", ADA);
        Visitor phone = Visitor.browser(gate);
        phone.post("/login", ADA);
        clock.advance(RECENT.plus(SECOND));
        for (String path : List.of("/logins/end", "/logins/end-others", "/logout-everywhere")) {
            HttpResponse<String> response = browser.post(path, "");
            assertThat(response.statusCode()).as(path).isEqualTo(303);
            assertThat(response.headers().allValues("Location")).containsExactly("/step-up");
        }
        assertThat(browser.get("/logout-everywhere").body()).contains("Is it you, ada?");
        assertThat(phone.get("/").body()).contains("<h1>ada</h1>");
        browser.post("/step-up", ADA);
        browser.post("/logins/end-others", "");
        assertThat(phone.get("/").body()).contains("Enter the park");
    }

    @Test
    void endingOthers_programAfterTheBoundary_isChallenged() {
        program.logIn(ADA);
        clock.advance(RECENT.minus(SECOND.multipliedBy(30)));
        Visitor tablet = Visitor.program(gate);
        tablet.logIn(ADA);
        clock.advance(SECOND.multipliedBy(31));
        for (String path : List.of("/logins/end", "/logins/end-others", "/logout-everywhere")) {
            assertThat(program.post(path, "").statusCode()).as(path).isEqualTo(401);
        }
        assertThat(tablet.get("/me").statusCode()).isEqualTo(200);
    }

    @Test
    void keys_programAtTheBoundary_isChallengedAfterIt() {
        JsonNode grant = program.logIn(ADA);
        clock.advance(RECENT);
        JsonNode renewed =
                json(program.bearer(grant.get("refresh_token").asText()).post("/renew", ""));
        program.bearer(renewed.get("access_token").asText());
        assertThat(program.get(KEYS).statusCode()).isEqualTo(200);
        clock.advance(SECOND);
        HttpResponse<String> response = program.get(KEYS);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer error=\"insufficient_user_authentication\", max_age=\"300\"");
        assertThat(program.get("/me").statusCode()).isEqualTo(200);
    }

    @Test
    void stepUp_program_getsTokensThatAreGoodEnough() {
        JsonNode grant = program.logIn(ADA);
        clock.advance(RECENT.plus(SECOND));
        program.bearer(grant.get("refresh_token").asText());
        HttpResponse<String> wrong = program.post("/step-up", "user=ada&password=hopper");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(json(wrong).get("error").asText()).isEqualTo("wrong name or password");
        JsonNode fresh = json(program.post("/step-up", ADA));
        assertThat(fresh.get("token_type").asText()).isEqualTo("Bearer");
        program.bearer(fresh.get("access_token").asText());
        assertThat(json(program.get(KEYS)).has("main gate")).isTrue();
        assertThat(json(program.get("/me")).get("roles"))
                .extracting(JsonNode::asText)
                .isEqualTo(List.of("keeper", "visitor"));
    }
}
