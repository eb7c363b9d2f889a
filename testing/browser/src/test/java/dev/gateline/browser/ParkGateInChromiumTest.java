package dev.gateline.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.examples.parkgate.ParkGate;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The park gate, as people use it. */
@ParameterizedClass
@ValueSource(strings = {"jwt", "session"})
class ParkGateInChromiumTest {
    /** WCAG 2.2, 1.4.11. */
    private static final double LEAST_CONTRAST = 3;

    @Parameter
    String strategy;

    @TempDir
    Path folder;

    private ParkGate gate;
    private Chromium browser;

    @BeforeEach
    void start() {
        gate = ParkGate.start(strategy, 0);
        browser = new Chromium(folder);
    }

    @AfterEach
    void stop() {
        browser.close();
        gate.close();
    }

    private String at(String path) {
        return gate.url() + path;
    }

    private void logIn(String password) {
        browser.type("user", "ada").type("password", password).click("form.login button");
    }

    @Test
    void otherTabs_loggedOutInOne_learnItAtOnceAndSayIt() {
        browser.open(at("/"));
        logIn("lovelace");
        String first = browser.tab();
        List<String> others = browser.tabs(6, at("/"));
        String keys = browser.tabs(1, at("/keys-to-the-park")).get(0);
        assertThat(browser.text()).contains("4711");
        browser.turnTo(first).click("form[action='/logout'] button");
        assertThat(browser.address()).isEqualTo(at("/"));
        others.forEach(this::assertLoggedOut);
        assertLoggedOut(keys);
    }

    private void assertLoggedOut(String tab) {
        browser.turnTo(tab).await(() -> browser.address().equals(at("/logged-out")));
        browser.await(() -> browser.text().contains("You have been logged out. Log in again to go on."));
        assertThat(browser.text()).doesNotContain("4711", "Your devices");
    }

    @Test
    void tab_loggedOutByAnotherDevice_learnsItAndGoesOnAfterALogin() {
        browser.open(at("/"));
        logIn("lovelace");
        try (Chromium phone = new Chromium(folder.resolve("phone"))) {
            phone.open(at("/"))
                    .type("user", "ada")
                    .type("password", "lovelace")
                    .click("form.login button")
                    .click("form[action='/logins/end-others'] button");
            browser.await(() -> browser.address().equals(at("/logged-out")));
            logIn("lovelace");
            assertThat(browser.text()).contains("this device");
            assertThat(phone.address()).isEqualTo(at("/"));
        }
    }

    @Test
    void login_wrongPassword_keepsTheNameSaysSoAndCanBeLoadedAgain() {
        browser.open(at("/keys-to-the-park"));
        logIn("hopper");
        assertThat(browser.title()).isEqualTo("wrong name or password · Log in · Park gate");
        assertThat(browser.text()).contains("wrong name or password");
        assertThat(browser.value("user")).isEqualTo("ada");
        assertThat(browser.value("password")).isEmpty();
        assertThat(browser.focus()).isEqualTo("password");
        assertThat(browser.attribute("password", "aria-invalid")).isEqualTo("true");
        assertThat(browser.attribute("password", "aria-describedby")).isEqualTo("notice");
        browser.open(browser.address());
        assertThat(browser.text()).contains("Enter the park");
    }

    @Test
    void login_wrongPasswordAndThenTheRightOne_landsWhereOneWantedToGo() {
        browser.open(at("/keys-to-the-park"));
        logIn("hopper");
        logIn("lovelace");
        assertThat(browser.address()).isEqualTo(at("/keys-to-the-park"));
        assertThat(browser.text()).contains("4711");
    }

    @Test
    void login_afterAWrongPassword_stillHasTheCart() {
        browser.open(at("/"));
        boolean hasCart = strategy.equals("session");
        if (hasCart) {
            browser.click("form[action='/cart'] button");
        }
        logIn("hopper");
        assertThat(browser.text().contains("Your cart 1")).isEqualTo(hasCart);
        logIn("lovelace");
        assertThat(browser.text().contains("Your cart 1")).isEqualTo(hasCart);
    }

    @Test
    void home_twoDevices_speaksToPeopleAndHasThisOneFirst() {
        try (Chromium phone = new Chromium(folder.resolve("phone"))) {
            phone.open(at("/")).type("user", "ada").type("password", "lovelace").click("form.login button");
            browser.open(at("/"));
            logIn("lovelace");
            assertThat(browser.script("return document.querySelectorAll('.logins tbody tr').length"))
                    .isEqualTo(2L);
            assertThat(browser.script("return document.querySelector('.logins tbody tr th').textContent"))
                    .asString()
                    .startsWith("Chromium on Linux this device");
            assertThat(browser.text()).contains("password, last asked for").doesNotContain("pwd");
        }
    }

    @Test
    void logoutEverywhere_clicked_asksFirst() {
        browser.open(at("/"));
        logIn("lovelace");
        browser.click("a[href='/logout-everywhere']");
        assertThat(browser.text()).contains("Log out everywhere?");
        browser.click("a.button");
        assertThat(browser.text()).contains("this device");
        browser.click("a[href='/logout-everywhere']").click("form[action='/logout-everywhere'] button");
        assertThat(browser.text()).contains("Enter the park");
    }

    /** As the browser draws them, in the colours that it chooses by itself. */
    @Test
    void fieldsAndButtons_borders_standOutFromWhatIsAround() {
        browser.open(at("/"));
        for (String selector : List.of("#user", "#password", "form.login button")) {
            assertThat((Double) browser.script(CONTRAST, selector)).as(selector).isGreaterThanOrEqualTo(LEAST_CONTRAST);
        }
        logIn("lovelace");
        for (String selector : List.of("form[action='/renew'] button", "a.button.danger")) {
            assertThat((Double) browser.script(CONTRAST, selector)).as(selector).isGreaterThanOrEqualTo(LEAST_CONTRAST);
        }
    }

    /** The contrast of an element's border to the first background around it that is not transparent. */
    private static final String CONTRAST = """
            const parts = color => color.match(/[\\d.]+/g).map(Number);
            const light = color => parts(color).slice(0, 3)
                .map(value => value / 255)
                .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
                .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
            const element = document.querySelector(arguments[0]);
            let around = element.parentElement;
            while (around && parts(getComputedStyle(around).backgroundColor)[3] === 0) {
                around = around.parentElement;
            }
            const two = [getComputedStyle(element).borderTopColor, getComputedStyle(around).backgroundColor].map(light);
            return (Math.max(...two) + 0.05) / (Math.min(...two) + 0.05) + 0.0001;
            """;
}
