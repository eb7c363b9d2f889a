package dev.gateline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.FakeAuthenticator;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {
    private final FakeAuthenticator gate = new FakeAuthenticator("gs_");
    private final HttpAuth auth = HttpAuth.builder()
            .lane(CookieCarrier.create(), gate)
            .lane(BearerCarrier.create(), gate)
            .origin("https://park.example")
            .clock(Clock.fixed(FakeAuthenticator.NOW, ZoneOffset.UTC))
            .build();

    private static FakeExchange form(String target) {
        return new FakeExchange("POST", target).with("Accept", "text/html, image/gif, */*; q=0.2");
    }

    private static Object done(Outcome<?> outcome) {
        return outcome.toOptional().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "/login?return_to=%2Fme%3Fx%3D1, /me?x=1",
        "/login?a=b&return_to=/me&return_to=/you, /me",
        "/login?return_to=https://evil.example, /",
        "/login?return_to=%2Fme%3Fa%3D%7Cb, /",
        "/login?return_to=%zz, /",
        "/login?return_to=%, /",
        "/login?return_to=%2Fme%25zz, /",
        "/login?return_to, /",
        "/login?my_return_to=/me, /",
        "/login, /"
    })
    void afterForm_anyQuery_leadsToThePageThatWasWantedOrToTheFirst(String target, String page) {
        FakeExchange exchange = form(target).fromOurPage();

        assertThat(ReturnPath.afterForm(exchange, done(auth.login(exchange, Login.of("ada"))), "/"))
                .contains(page);
    }

    /** {@code HttpURLConnection} asks for HTML unless it is told otherwise, and a redirect has no body. */
    @Test
    void afterForm_credentialsWentIntoTheBody_leadsNowhere() {
        FakeExchange login = form("/login?return_to=/me");
        FakeExchange renewal = form("/renew").with("Authorization", "Bearer gs_ok");
        FakeExchange stepUp = form("/step-up").with("Authorization", "Bearer gs_ok");

        assertThat(ReturnPath.afterForm(login, done(auth.login(login, Login.of("ada"))), "/"))
                .isEmpty();
        assertThat(ReturnPath.afterForm(renewal, done(auth.renew(renewal)), "/"))
                .isEmpty();
        assertThat(ReturnPath.afterForm(stepUp, done(auth.reauthenticate(stepUp, Login.of("ada"))), "/"))
                .isEmpty();
    }

    @Test
    void afterForm_credentialsWentIntoCookies_leadsToAPage() {
        FakeExchange renewal = form("/renew").fromOurPage().with("Cookie", "__Host-Http-id=gs_ok");
        FakeExchange stepUp = form("/step-up").fromOurPage().with("Cookie", "__Host-Http-id=gs_ok");

        assertThat(ReturnPath.afterForm(renewal, done(auth.renew(renewal)), "/"))
                .contains("/");
        assertThat(ReturnPath.afterForm(stepUp, done(auth.reauthenticate(stepUp, Login.of("ada"))), "/"))
                .contains("/");
    }

    @Test
    void afterForm_script_leadsNowhere() {
        FakeExchange script = FakeExchange.post().fromOurPage().with("Accept", "*/*");

        assertThat(ReturnPath.afterForm(script, done(auth.login(script, Login.of("ada"))), "/"))
                .isEmpty();
    }

    @Test
    void afterForm_logout_leadsABrowserToAPageAndAProgramNowhere() {
        LoginId ended = new LoginId("a".repeat(22));

        assertThat(ReturnPath.afterForm(form("/logout"), ended, "/")).contains("/");
        assertThat(ReturnPath.afterForm(form("/logout").with("Authorization", "Basic YTpi"), ended, "/"))
                .contains("/");
        assertThat(ReturnPath.afterForm(form("/logout").with("Authorization", "Bearer gs_ok"), ended, "/"))
                .isEmpty();
    }

    @Test
    void orElse_2000Characters_areTakenAndMoreAreNot() {
        String longest = "/" + "p".repeat(1999);
        assertThat(ReturnPath.orElse(longest, "/")).isEqualTo(longest);
        assertThat(ReturnPath.orElse(longest + "p", "/")).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/share?url=https://a.example/x",
                "/?//evil.example",
                "/a?b=/c//d#e//f",
                "/#//evil.example",
                "/a/b#c?d=//e"
            })
    void orElse_slashesBehindThePath_areTakenAndStayOnTheSite(String wish) {
        assertThat(ReturnPath.orElse(wish, "/home")).isEqualTo(wish);
        assertThat(URI.create("https://park.example/login").resolve(wish).getHost())
                .isEqualTo("park.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example?x=1",
                "//?x=1",
                "///evil.example",
                "/a//b?x=1",
                "/.//evil.example#x",
                "/\\evil.example?x=1",
                "/?x=\\\\evil.example",
                "/#\\\\evil.example",
                "/\t/evil.example?x=1",
                "/?x=\n//evil.example",
                "/?x=\r\nLocation:https://evil.example",
                "/#\u0000//evil.example",
                "/\u2028/evil.example?x=1",
                "?x=//evil.example",
                "#//evil.example",
                "https://park.example/?x=1"
            })
    void orElse_wishThatABrowserMayTakeElsewhere_isNotTaken(String wish) {
        assertThat(ReturnPath.orElse(wish, "/home")).isEqualTo("/home");
    }

    /** Browsers and frameworks differ on these characters, so a path has them percent-encoded. */
    @ParameterizedTest
    @ValueSource(
            strings = {"|", "\"", "<", ">", "^", "`", "{", "}", "\\", "%", "%z0", "%2", "[", "]", "#", "@", ":", "?"})
    void orElse_anyCharacter_isAUriOrNotTaken(String odd) {
        for (String path : new String[] {"/me" + odd + "x", "/me?a=" + odd, "/" + odd}) {
            assertThat(URI.create(ReturnPath.orElse(path, "/")).getHost()).isNull();
        }
    }
}
