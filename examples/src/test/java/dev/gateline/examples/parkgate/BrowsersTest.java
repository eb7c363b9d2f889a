package dev.gateline.examples.parkgate;

import static dev.gateline.examples.parkgate.Visitor.ADA;
import static dev.gateline.examples.parkgate.Visitor.GRACE;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"jwt", "session", "both"})
@Tag("slow")
class BrowsersTest {
    private static final Pattern OTHER = Pattern.compile("name=\"id\" value=\"([^\"]+)\"");
    private static final Pattern THIS_STARTED = Pattern.compile(
            "<tr class=\"current\">.*?data-label=\"Started\"><time datetime=\"([^\"]+)\"", Pattern.DOTALL);

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
                .filteredOn(line -> line.contains("Max-Age"))
                .singleElement()
                .asString()
                .contains("-device=");
        assertThat(browser.get("/").body())
                .contains(
                        "<h1>ada</h1>",
                        "keeper, visitor",
                        "Firefox on Linux",
                        "this device",
                        "password, last asked for");
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
        assertThat(response.body())
                .contains("<title>wrong name or password · Log in · Park gate</title>", "<label for=\"password\">")
                .contains("id=\"notice\" role=\"alert\">wrong name or password")
                .contains("aria-invalid=\"true\" aria-describedby=\"notice\"");
        assertThat(browser.hasCookies()).isFalse();
    }

    @Test
    void login_wrongPassword_keepsWhatWasTypedButThePassword() {
        HttpResponse<String> response =
                browser.post("/login", "user=%22ada%22&password=hopper&remember=true&next=%2Flogins");
        assertThat(response.body())
                .contains("name=\"user\" value=\"&quot;ada&quot;\"", "value=\"true\" checked", "value=\"/logins\"")
                .doesNotContain("value=\"hopper\"");
    }

    @Test
    void login_pageThatWasAskedFor_isWhereOneLands() {
        assertThat(browser.get("/logins").body()).contains("name=\"next\" value=\"/logins\"");
        HttpResponse<String> response = browser.post("/login", ADA + "&next=%2Flogins");
        assertThat(response.headers().allValues("Location")).containsExactly("/logins");
    }

    @Test
    void login_landingThatIsNoPageOfOurs_isHome() {
        for (String next : List.of("https://elsewhere.example", "//elsewhere.example", "/logout", "/nowhere", "")) {
            HttpResponse<String> response = browser.post("/login", ADA + "&next=" + next);
            assertThat(response.headers().allValues("Location")).as(next).containsExactly("/");
        }
    }

    @Test
    void anyForm_addressLoadedAgain_isAPage() {
        assertThat(browser.get("/login").statusCode()).isEqualTo(200);
        assertThat(browser.get("/step-up").statusCode()).isEqualTo(401);
        for (String path : List.of("/cart", "/renew", "/logout", "/logins/end", "/logins/end-others")) {
            HttpResponse<String> response = browser.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(303);
            assertThat(response.headers().allValues("Location")).containsExactly("/");
        }
        browser.post("/login", ADA);
        assertThat(browser.get("/step-up").body()).contains("Is it you, ada?");
        assertThat(browser.get("/logout-everywhere").body()).contains("<h1>Log out everywhere?</h1>");
    }

    @Test
    void home_twoDevices_showsThisOneFirstAndNoIds() {
        browser.post("/login", ADA);
        Visitor phone = Visitor.browser(gate).with("User-Agent", "phone/1");
        phone.post("/login", ADA);
        for (Visitor visitor : List.of(browser, phone)) {
            String page = visitor.get("/").body();
            assertThat(page.indexOf("this device")).isBetween(0, page.indexOf("aria-label=\"Log out "));
            assertThat(page).containsOnlyOnce("name=\"id\"").doesNotContain("pwd");
        }
    }

    @Test
    void home_anyStrategy_saysHowLongTheLoginIsGood() {
        browser.post("/login", ADA);
        Matcher until = Pattern.compile("Good until</dt><dd><time datetime=\"([^\"]+)\"")
                .matcher(browser.get("/").body());
        assertThat(until.find()).isTrue();
        assertThat(Instant.parse(until.group(1))).isAfter(Instant.now().plus(Duration.ofMinutes(20)));
    }

    @Test
    void login_tooManyGuesses_waitButNotOnADeviceThatIsKnown() {
        browser.post("/login", ADA);
        browser.post("/logout", "");
        Visitor stranger = Visitor.browser(gate);
        for (int i = 0; i < 10; i++) {
            assertThat(stranger.post("/login", "user=ada&password=guess").statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> refused = stranger.post("/login", ADA);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 600L);
        assertThat(refused.body()).contains("Too many wrong passwords: please try again in 10 minutes.");
        assertThat(browser.post("/login", ADA).statusCode()).isEqualTo(303);
    }

    @Test
    void stepUp_tooManyGuesses_wait() {
        browser.post("/login", ADA);
        for (int i = 0; i < 10; i++) {
            assertThat(browser.post("/step-up", "user=ada&password=guess").statusCode())
                    .isEqualTo(401);
        }
        assertThat(browser.post("/step-up", ADA).statusCode()).isEqualTo(429);
    }

    @Test
    void renew_loggedIn_keepsTheLogin() {
        browser.post("/login", ADA);
        String started = found(THIS_STARTED, browser);
        assertThat(browser.post("/renew", "").statusCode()).isEqualTo(303);
        assertThat(found(THIS_STARTED, browser)).isEqualTo(started);
        assertThat(browser.get("/").body()).containsOnlyOnce("Firefox on Linux <span");
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
        assertThat(browser.post("/logins/end", "id=" + found(OTHER, browser)).statusCode())
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
        assertThat(browser.get("/").body()).contains("Log out all others");
        assertThat(browser.post("/logins/end-others", "").statusCode()).isEqualTo(303);
        assertThat(browser.get("/").body()).contains("<h1>ada</h1>").doesNotContain("curl", "Log out all others");
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

    private static String found(Pattern pattern, Visitor visitor) {
        Matcher matcher = pattern.matcher(visitor.get("/").body());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
