package dev.gateline.examples.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.kit.MutableClock;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A walk through an example, whose server is started once. Extend it for each strategy. An example serves these pages
 * to a user {@code ada} with the password {@code lovelace}:
 *
 * <table>
 * <caption>The pages</caption>
 * <tr><th>path</th><th>answer</th></tr>
 * <tr><td>{@code GET /}</td><td>{@code hello} and the user, or {@code hello stranger}</td></tr>
 * <tr><td>{@code POST /login}</td><td>starts a login by {@code user} and {@code password}</td></tr>
 * <tr><td>{@code GET /me}</td><td>{@code hello} and the user; a login is demanded</td></tr>
 * <tr><td>{@code GET /vault}</td><td>a page that demands a proof of the last five minutes</td></tr>
 * <tr><td>{@code POST /step-up}</td><td>asks for the {@code password} again</td></tr>
 * <tr><td>{@code POST /logout}</td><td>ends this login</td></tr>
 * <tr><td>{@code POST /logout-everywhere}</td><td>ends all logins of the user</td></tr>
 * </table>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class Walk {
    private static final String ADA = "user=ada&password=lovelace";

    private final MutableClock clock = new MutableClock();
    private URI server = URI.create("http://127.0.0.1/");

    /** For subclasses. */
    protected Walk() {}

    /**
     * Starts the example on a free port of this machine.
     *
     * @param clock of the example, moved by the tests
     * @return the address of {@code /}
     * @throws Exception if that can't be done
     */
    protected abstract URI start(Clock clock) throws Exception;

    /**
     * Stops the example.
     *
     * @throws Exception if that can't be done
     */
    protected abstract void stop() throws Exception;

    @BeforeAll
    final void begin() throws Exception {
        server = start(clock);
    }

    @AfterAll
    final void end() throws Exception {
        stop();
    }

    /** A browser without a login. */
    protected final Visitor stranger() {
        return new Visitor(server);
    }

    /** A browser in which ada has just logged in. */
    protected final Visitor ada() {
        Visitor ada = stranger();
        assertThat(ada.post("/login", ADA).statusCode()).isIn(200, 303);
        return ada;
    }

    /** The path of the page that greets everybody. */
    protected String home() {
        return "/";
    }

    /** Proves who the user is again. An example whose framework has another form for that says so. */
    protected HttpResponse<String> stepUp(Visitor browser, String password) {
        return browser.post("/step-up", "password=" + password);
    }

    /** A framework may lead back to the login page instead. */
    private static void assertIsRefused(HttpResponse<String> login) {
        assertThat(status(login)).isIn(302, 401);
        assertThat(login.headers().firstValue("Location").orElse("/login?error"))
                .endsWith("/login?error");
    }

    /** Lets time pass. */
    protected final void advance(Duration span) {
        clock.advance(span);
    }

    private static int status(HttpResponse<String> response) {
        return response.statusCode();
    }

    @Test
    void home_stranger_isServed() {
        assertThat(stranger().get(home()).body()).contains("hello stranger");
    }

    @Test
    void home_staleCookie_isServedAndTheUserCanLogIn() {
        Visitor browser = ada();
        assertThat(browser.get(home()).body()).contains("hello ada");
        ada().post("/logout-everywhere", "");

        assertThat(browser.get(home()).body()).contains("hello stranger");
        assertThat(status(browser.post("/login", ADA))).isIn(200, 303);
        assertThat(browser.get(home()).body()).contains("hello ada");
    }

    @Test
    void me_login_isDemanded() {
        assertThat(status(stranger().get("/me"))).isEqualTo(401);
        assertThat(ada().get("/me").body()).contains("hello ada");
    }

    @Test
    void login_wrongPasswordOrName_isRefused() {
        Visitor browser = stranger();

        assertIsRefused(browser.post("/login", "user=ada&password=byron"));
        assertIsRefused(browser.post("/login", "user=eve&password=lovelace"));
        assertThat(status(browser.get("/me"))).isEqualTo(401);
    }

    @Test
    void login_fromAnotherSite_is403AndStartsNothing() {
        Visitor browser = stranger();

        HttpResponse<String> response = browser.postFrom("https://evil.example", "/login", ADA);

        assertThat(status(response)).isEqualTo(403);
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void vault_proofOfSixMinutesAgo_opensAfterAStepUp() {
        Visitor browser = ada();
        assertThat(status(browser.get("/vault"))).isEqualTo(200);

        advance(Duration.ofMinutes(6));

        assertThat(status(browser.get("/vault"))).isEqualTo(401);
        assertThat(browser.get("/me").body()).contains("hello ada");
        assertIsRefused(stepUp(browser, "byron"));
        assertThat(status(browser.get("/vault"))).isEqualTo(401);
        assertThat(status(stepUp(browser, "lovelace"))).isIn(200, 303);
        assertThat(status(browser.get("/vault"))).isEqualTo(200);
    }

    @Test
    void logout_fromOurPage_endsThisLoginOnly() {
        Visitor laptop = ada();
        Visitor phone = ada();

        assertThat(status(laptop.postFrom("https://evil.example", "/logout", "")))
                .isEqualTo(403);
        assertThat(status(laptop.get("/me"))).isEqualTo(200);
        assertThat(status(laptop.post("/logout", ""))).isIn(200, 204, 302, 303);

        assertThat(status(laptop.get("/me"))).isEqualTo(401);
        assertThat(status(phone.get("/me"))).isEqualTo(200);
    }

    @Test
    void logoutEverywhere_twoBrowsers_endsBoth() {
        Visitor laptop = ada();
        Visitor phone = ada();

        assertThat(status(phone.post("/logout-everywhere", ""))).isIn(200, 204, 303);

        assertThat(status(laptop.get("/me"))).isEqualTo(401);
        assertThat(status(phone.get("/me"))).isEqualTo(401);
    }

    /** Such a request has the cookies of the user. */
    @Test
    void logoutEverywhere_linkOfAnotherSite_endsNothing() {
        Visitor browser = ada();

        browser.get("/logout-everywhere");

        assertThat(status(browser.get("/me"))).isEqualTo(200);
    }

    /** So that the back button shows nothing after a logout, and no cache keeps the page. */
    @Test
    void me_always_isKeptByNobody() {
        assertThat(ada().get("/me").headers().firstValue("Cache-Control").orElse(""))
                .contains("no-store");
    }

    @Test
    void me_browser_takesItForAText() {
        assertIsNoHtml(ada().follow("/me"));
        assertIsNoHtml(ada().follow("/vault"));
    }

    /** A browser asks for HTML, and a value in a text is not escaped. */
    protected static void assertIsNoHtml(HttpResponse<String> response) {
        assertThat(status(response)).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    }
}
