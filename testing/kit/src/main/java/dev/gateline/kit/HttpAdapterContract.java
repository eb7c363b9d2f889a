package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.AuthEvent;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.http.HttpAuth;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The promises of an adapter of {@link HttpAuth} to a server or a framework. Extend it for each strategy, and serve
 * these pages in the way in which a user of the adapter would:
 *
 * <table>
 * <caption>The pages</caption>
 * <tr><th>path</th><th>answer</th></tr>
 * <tr><td>{@code /public}</td><td>200 to everybody, with the subject, or with "a stranger"</td></tr>
 * <tr><td>{@code /me}</td><td>the subject; a login is demanded</td></tr>
 * <tr><td>{@code /vault}</td><td>the subject; the method {@code otp} is demanded</td></tr>
 * <tr><td>{@code /login}, {@code /callback}</td><td>logs in {@code ada}; 200 with {@code Issued.body()}</td></tr>
 * <tr><td>{@code /logout}</td><td>logs out, and answers 204</td></tr>
 * <tr><td>{@code /late}</td><td>sends 200 and some of its body, then logs in {@code ada}</td></tr>
 * <tr><td>{@code /broken}</td><td>sends 200 and some of its body, then throws an
 * {@code AuthUnavailableException}</td></tr>
 * <tr><td>{@code /full}</td><td>throws a {@code LoginRefusedException}</td></tr>
 * <tr><td>{@code /fails}</td><td>500 by the application itself; a login is demanded</td></tr>
 * </table>
 */
public abstract class HttpAdapterContract extends PageFailureCases {

    /** For subclasses. */
    protected HttpAdapterContract() {}

    @Test
    void public_stranger_isServed() throws Exception {
        HttpResponse<String> response = send("GET", "/public");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("a stranger");
    }

    @Test
    void public_staleCookie_isServedAndTheUserCanLogIn() throws Exception {
        String cookies = jar(loginFromOurPage());
        assertThat(send("GET", "/public", "Cookie", cookies).body()).isEqualTo("ada");
        gate().logins().endAll("ada");

        HttpResponse<String> response = send("GET", "/public", "Cookie", cookies);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("a stranger");
        assertThat(cookies(response)).isEmpty();
        HttpResponse<String> again = send("POST", "/login", "Cookie", cookies, "Origin", SITE);
        assertThat(send("GET", "/me", "Cookie", jar(again)).body()).isEqualTo("ada");
    }

    @Test
    void me_withoutCredential_is401WithAChallengeOnALineForEachLane() throws Exception {
        HttpResponse<String> response = send("GET", "/me");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate"))
                .hasSize(2)
                .last()
                .isEqualTo("Bearer");
    }

    @Test
    void me_programWithoutCredential_isToldTheProblemAsJson() throws Exception {
        HttpResponse<String> response = send("GET", "/me", "Accept", "application/json");

        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(response.body()).isEqualTo("{\"title\":\"Unauthorized\",\"status\":401}");
    }

    @Test
    void me_browserWithoutCredential_isSentToTheLoginPageAndBack() throws Exception {
        HttpResponse<String> response =
                send("GET", "/me?x=1&y=%2F", "Accept", "text/html", "Sec-Fetch-Mode", "navigate");

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location").orElse(""))
                .endsWith("/sign-in?return_to=%2Fme%3Fx%3D1%26y%3D%252F");
        assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @Test
    void me_bearer_isServed() throws Exception {
        Grant grant = gate().login(Login.of("ada"));

        HttpResponse<String> response = send("GET", "/me", "Authorization", bearer(grant));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("ada");
    }

    @Test
    void me_endedLogin_is401AndSaysNoMoreThanInvalid() throws Exception {
        Grant grant = gate().login(Login.of("ada"));
        gate().logout(grant.access());

        HttpResponse<String> response = send("GET", "/me", "Authorization", bearer(grant));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
        assertThat(response.body())
                .doesNotContain(
                        "UNKNOWN", "REVOKED", "dev.gateline", grant.access().reveal());
    }

    @Test
    void vault_methodMissing_is401ThatAsksForAStepUp() throws Exception {
        Grant grant = gate().login(Login.of("ada"));
        Grant strong = gate().login(Login.builder("ada").methods("otp").build());

        HttpResponse<String> response = send("GET", "/vault", "Authorization", bearer(grant));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate"))
                .contains("Bearer error=\"insufficient_user_authentication\"");
        assertThat(send("GET", "/vault", "Authorization", bearer(strong)).body())
                .isEqualTo("ada");
    }

    @Test
    void credentials_onTwoLines_areBothRead() throws Exception {
        Grant grant = gate().login(Login.of("ada"));
        Grant other = gate().login(Login.of("ada"));

        HttpResponse<String> response =
                send("GET", "/me", "Authorization", bearer(grant), "Authorization", bearer(other));

        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void cookies_ofAnotherSitesPost_areRefusedOnPublicPagesToo() throws Exception {
        String cookies = jar(loginFromOurPage());

        assertThat(send("POST", "/public", "Cookie", cookies, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(send("POST", "/me", "Cookie", cookies, "Origin", EVIL).statusCode())
                .isEqualTo(403);
        assertThat(send("POST", "/public", "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(200);
        assertThat(send("POST", "/me", "Cookie", cookies, "Origin", SITE).body())
                .isEqualTo("ada");
    }

    @Test
    void login_fromAnotherSite_is403AndStartsNothing() throws Exception {
        HttpResponse<String> response = send("POST", "/login", "Sec-Fetch-Site", "cross-site", "Origin", EVIL);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(cookies(response)).isEmpty();
        assertThat(gate().logins().of("ada")).isEmpty();
    }

    @Test
    void login_fromAnotherSiteOnAnExemptPathWithAQuery_isServed() throws Exception {
        HttpResponse<String> response =
                send("POST", "/callback?code=1%2F2", "Sec-Fetch-Site", "cross-site", "Origin", EVIL);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(gate().logins().of("ada")).hasSize(1);
    }

    @Test
    void login_fromOurPage_setsEachCookieOnALineOfItsOwn() throws Exception {
        HttpResponse<String> login = loginFromOurPage();

        assertThat(login.statusCode()).isEqualTo(200);
        assertThat(cookies(login)).isNotEmpty().allMatch(cookie -> cookie.startsWith("__Host-Http-"));
        assertThat(cookies(login)).allMatch(cookie -> cookie.split("__Host-Http-", -1).length == 2);
        assertThat(login.headers().allValues("Cache-Control")).contains("no-store");
        assertThat(send("GET", "/me", "Cookie", jar(login)).body()).isEqualTo("ada");
    }

    @Test
    void login_afterTheResponseWasSent_startsNothing() throws Exception {
        HttpResponse<String> response = send("POST", "/late", "Origin", SITE);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(cookies(response)).isEmpty();
        assertThat(gate().logins().of("ada")).isEmpty();
    }

    @Test
    void logout_fromOurPage_endsTheLoginAndClearsTheCookies() throws Exception {
        String cookies = jar(loginFromOurPage());

        HttpResponse<String> response = send("POST", "/logout", "Cookie", cookies, "Origin", SITE);

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(cookies(response)).isNotEmpty().allMatch(cookie -> cookie.contains("Max-Age=0"));
        assertThat(send("GET", "/me", "Cookie", cookies).statusCode()).isEqualTo(401);
        assertThat(gate().logins().of("ada")).isEmpty();
    }

    @Test
    void renewal_onTheWay_setsCookiesThatGoOn() throws Exception {
        String cookies = jar(loginFromOurPage());
        clock.advance(Duration.ofMinutes(16));

        HttpResponse<String> response = send("GET", "/me", "Cookie", cookies);

        assertThat(response.body()).isEqualTo("ada");
        assertThat(cookies(response)).isNotEmpty();
        assertThat(send("GET", "/me", "Cookie", jar(response)).body()).isEqualTo("ada");
    }

    @Test
    void head_anyPage_isAnsweredAsGet() throws Exception {
        Grant grant = gate().login(Login.of("ada"));

        assertThat(send("HEAD", "/public").statusCode()).isEqualTo(200);
        assertThat(send("HEAD", "/me").statusCode()).isEqualTo(401);
        assertThat(send("HEAD", "/me", "Authorization", bearer(grant)).statusCode())
                .isEqualTo(200);
    }

    /** Browsers send preflights without credentials. */
    @Test
    void options_preflightOfAnotherSite_reachesThePage() throws Exception {
        HttpResponse<String> response =
                send("OPTIONS", "/public", "Origin", EVIL, "Access-Control-Request-Method", "POST");

        assertThat(response.statusCode()).isBetween(200, 299);
    }

    @Test
    void event_ofARejection_namesTheClient() throws Exception {
        send("GET", "/me", "Authorization", "Bearer nonsense", "User-Agent", "a-program/1");

        AuthEvent.Rejected rejected = events.stream()
                .filter(AuthEvent.Rejected.class::isInstance)
                .map(AuthEvent.Rejected.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(rejected.client().address()).contains("127.0.0.1");
        assertThat(rejected.client().agent()).isEqualTo("a-program/1");
    }
}
