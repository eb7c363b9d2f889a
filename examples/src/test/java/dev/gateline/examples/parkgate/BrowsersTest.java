package dev.gateline.examples.parkgate;

import static dev.gateline.examples.parkgate.Visitor.ADA;
import static dev.gateline.examples.parkgate.Visitor.GRACE;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"jwt", "session", "both"})
class BrowsersTest {
    private static final Pattern LOGIN = Pattern.compile("<dt>Login</dt><dd><code>([^<]+)</code>");

    @Parameter
    String strategy;

    private ParkGate gate;
    private Visitor browser;

    @BeforeEach
    void open() {
        gate = ParkGate.start(strategy, 0);
        browser = Visitor.browser(gate);
    }

    @AfterEach
    void close() {
        gate.close();
    }

    @Test
    void home_nobody_isTheLoginForm() {
        HttpResponse<String> response = browser.get("/");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("<label for=\"password\">", "strategy <strong>" + strategy);
        assertThat(response.headers().map())
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("referrer-policy", List.of("same-origin"))
                .containsEntry("cache-control", List.of("no-store"))
                .containsKey("content-security-policy");
    }

    @Test
    void login_rightPassword_leadsHome() {
        HttpResponse<String> response = browser.post("/login", ADA);
        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().allValues("Location")).containsExactly("/");
        assertThat(response.headers().allValues("Set-Cookie"))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("__Host-Http-") && line.contains("; Secure; HttpOnly; SameSite=Lax"))
                .noneMatch(line -> line.contains("Max-Age"));
        assertThat(browser.get("/").body()).contains("<h1>ada</h1>", "keeper, visitor", "Firefox on Linux", "this one");
    }

    @Test
    void login_remembered_outlivesTheBrowser() {
        HttpResponse<String> response = browser.post("/login", ADA + "&remember=true");
        assertThat(response.headers().allValues("Set-Cookie")).isNotEmpty().allMatch(line -> line.contains("Max-Age="));
        assertThat(browser.get("/").body()).contains(">remembered</span>");
    }

    @Test
    void login_wrongPassword_showsTheFormAgain() {
        HttpResponse<String> response = browser.post("/login", "user=ada&password=hopper");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("wrong name or password", "<label for=\"password\">");
        assertThat(browser.hasCookies()).isFalse();
    }

    @Test
    void renew_loggedIn_keepsTheLogin() {
        browser.post("/login", ADA);
        String login = loginOf(browser);
        assertThat(browser.post("/renew", "").statusCode()).isEqualTo(303);
        assertThat(loginOf(browser)).isEqualTo(login);
    }

    @Test
    void logout_loggedIn_forgetsTheCookies() {
        browser.post("/login", ADA);
        assertThat(browser.post("/logout", "").statusCode()).isEqualTo(303);
        assertThat(browser.hasCookies()).isFalse();
        assertThat(browser.get("/").body()).contains("Enter the park");
    }

    @Test
    void me_nobody_asksToLogIn() {
        HttpResponse<String> response = browser.get("/me");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("log in first", "<label for=\"password\">");
    }

    @Test
    void anyPost_fromAnotherSite_isForbidden() {
        browser.post("/login", ADA);
        browser.with("Origin", "https://elsewhere.example").with("Sec-Fetch-Site", "cross-site");
        for (String path :
                List.of("/login", "/renew", "/logout", "/logout-everywhere", "/logins/end", "/logins/end-others")) {
            assertThat(browser.post(path, GRACE).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(browser.get("/").body()).contains("<h1>ada</h1>");
    }

    @Test
    void end_anotherDevice_isOver() {
        browser.post("/login", ADA);
        Visitor phone = Visitor.browser(gate);
        phone.post("/login", ADA);
        assertThat(browser.post("/logins/end", "id=" + loginOf(phone)).statusCode())
                .isEqualTo(303);
        assertThat(phone.get("/").body()).contains("Enter the park");
        assertThat(browser.get("/").body()).contains("<h1>ada</h1>");
    }

    @Test
    void endOthers_browserAndProgram_onlyThisOneStays() {
        browser.post("/login", ADA);
        Visitor phone = Visitor.browser(gate);
        phone.post("/login", ADA);
        Visitor program = Visitor.program(gate);
        program.logIn(ADA);
        assertThat(browser.get("/").body()).contains("End all others");
        assertThat(browser.post("/logins/end-others", "").statusCode()).isEqualTo(303);
        assertThat(browser.get("/").body()).contains("<h1>ada</h1>").doesNotContain("curl", "End all others");
        assertThat(phone.get("/").body()).contains("Enter the park");
        assertThat(program.get("/me").statusCode()).isEqualTo(401);
    }

    @Test
    void logoutEverywhere_browserAndProgram_endsBoth() {
        browser.post("/login", ADA);
        Visitor program = Visitor.program(gate);
        program.logIn(ADA);
        assertThat(browser.get("/").body()).contains("Firefox on Linux", "curl");
        assertThat(browser.post("/logout-everywhere", "").statusCode()).isEqualTo(303);
        assertThat(browser.hasCookies()).isFalse();
        assertThat(program.get("/me").statusCode()).isEqualTo(401);
    }

    @Test
    void login_again_endsTheFirst() {
        browser.post("/login", ADA);
        browser.post("/login", ADA);
        assertThat(browser.get("/").body()).containsOnlyOnce("Firefox on Linux <span");
    }

    @Test
    void home_hostileUserAgent_isEscaped() {
        browser.with("User-Agent", "<img src=x onerror='alert(1)'>&\"").post("/login", ADA);
        assertThat(browser.get("/").body())
                .doesNotContain("<img")
                .contains("&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;&quot;");
    }

    @Test
    void cart_onlyWhereBrowsersHaveSessions_isThere() {
        boolean sessions = !strategy.equals("jwt");
        assertThat(browser.get("/").body().contains("Your cart")).isEqualTo(sessions);
        assertThat(browser.post("/cart", "item=popcorn").statusCode()).isEqualTo(sessions ? 303 : 404);
        browser.post("/login", ADA);
        assertThat(browser.get("/").body().contains("Your cart")).isEqualTo(sessions);
    }

    private static String loginOf(Visitor visitor) {
        Matcher login = LOGIN.matcher(visitor.get("/").body());
        assertThat(login.find()).isTrue();
        return login.group(1);
    }
}
