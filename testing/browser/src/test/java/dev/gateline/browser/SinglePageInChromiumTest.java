package dev.gateline.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gateline.examples.spa.Park;
import dev.gateline.kit.MutableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of a single page, as people use it. */
@ParameterizedClass
@ValueSource(strings = {"jwt", "session"})
class SinglePageInChromiumTest {
    @Parameter
    String strategy;

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock();
    private HttpServer server;
    private String site;
    private Chromium browser;

    @BeforeEach
    void start() throws IOException {
        server = Park.start(0, strategy, clock);
        site = "http://localhost:" + server.getAddress().getPort();
        browser = new Chromium(folder);
        logIn(browser);
    }

    @AfterEach
    void stop() {
        browser.close();
        server.stop(0);
    }

    private void logIn(Chromium browser) {
        browser.open(site + "/");
        awaitForm(browser, "login");
        browser.type("user", "ada").type("password", "lovelace");
        submit(browser, "login");
        browser.await(() -> browser.text().contains("hello ada"));
    }

    private static void awaitForm(Chromium browser, String id) {
        browser.await(
                () -> Boolean.FALSE.equals(browser.script("return document.getElementById(arguments[0]).hidden", id)));
    }

    private static void submit(Chromium browser, String form) {
        browser.script("document.getElementById(arguments[0]).requestSubmit()", form);
    }

    private static void press(Chromium browser, String button) {
        browser.script("document.getElementById(arguments[0]).click()", button);
    }

    @Test
    void login_wrongPassword_isSaidAndTheFormStays() {
        press(browser, "logout");
        awaitForm(browser, "login");
        browser.type("user", "ada").type("password", "byron");

        submit(browser, "login");

        browser.await(() -> browser.text().contains("wrong name or password"));
        assertThat(browser.text()).contains("Log in");
    }

    @Test
    void scripts_always_seeNoCredential() {
        assertThat(browser.script("return document.cookie + localStorage.length + sessionStorage.length"))
                .isEqualTo("00");
    }

    @Test
    void me_sixteenMinutesLater_isRenewedWithoutAWord() {
        clock.advance(Duration.ofMinutes(16));
        browser.script("document.getElementById('answer').textContent = ''");

        press(browser, "me");

        browser.await(() -> browser.text().contains("hello ada"));
    }

    @Test
    void vault_proofOfSixMinutesAgo_opensAfterAStepUp() {
        clock.advance(Duration.ofMinutes(6));
        press(browser, "vault");
        awaitForm(browser, "step-up");
        browser.type("again", "lovelace");
        submit(browser, "step-up");
        awaitForm(browser, "park");

        press(browser, "vault");

        browser.await(() -> browser.text().contains("the vault is open"));
    }

    @Test
    void logoutEverywhere_inAnotherBrowser_endsTheLoginOfThisOne() {
        try (Chromium phone = new Chromium(folder.resolve("phone"))) {
            logIn(phone);
            press(phone, "logout-everywhere");
            awaitForm(phone, "login");
        }

        press(browser, "me");

        awaitForm(browser, "login");
        assertThat(browser.text()).doesNotContain("ada");
    }

    @Test
    void me_halfAnHourWithoutUse_asksForALogin() {
        clock.advance(Duration.ofMinutes(31));

        press(browser, "me");

        awaitForm(browser, "login");
        assertThat(browser.text()).doesNotContain("ada");
    }

    @Test
    void back_afterALogout_showsNothingPrivate() {
        press(browser, "vault");
        browser.await(() -> browser.text().contains("the vault is open"));
        browser.open(site + "/who");
        assertThat(browser.post(site + "/logout")).isEqualTo("204");

        browser.back();

        awaitForm(browser, "login");
        browser.await(() -> !browser.text().contains("the vault is open"));
        assertThat(browser.text()).doesNotContain("ada");
    }
}
