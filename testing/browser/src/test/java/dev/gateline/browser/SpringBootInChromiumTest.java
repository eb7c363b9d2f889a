package dev.gateline.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.examples.boot.Application;
import dev.gateline.kit.MutableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The example with Spring Boot, as people use it. */
@ParameterizedClass
@ValueSource(strings = {"jwt", "session"})
class SpringBootInChromiumTest {
    @Parameter
    String strategy;

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock();
    private String site;
    private ConfigurableApplicationContext application;
    private Chromium browser;

    @BeforeEach
    void start() throws IOException {
        int port = freePort();
        site = "http://localhost:" + port;
        application = new SpringApplicationBuilder(Application.class)
                .initializers((GenericApplicationContext context) -> context.registerBean(Clock.class, () -> clock))
                .run(
                        "--gateline.strategy=" + strategy,
                        "--gateline.origins=" + site,
                        "--server.port=" + port,
                        "--spring.main.banner-mode=off",
                        "--spring.main.register-shutdown-hook=false");
        browser = new Chromium(folder);
    }

    /** The origin of the pages is a setting, so the port has to be known before the server starts. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        browser.close();
        application.close();
    }

    private void logIn(Chromium browser, String page, String password) {
        browser.open(site + page);
        assertThat(browser.address()).startsWith(site + "/login");
        browser.type("user", "ada").type("password", password).click("form button");
    }

    @Test
    void vault_strangerLogsIn_landsThere() {
        logIn(browser, "/vault", "lovelace");

        assertThat(browser.address()).isEqualTo(site + "/vault");
        assertThat(browser.text()).isEqualTo("the vault is open");
    }

    @Test
    void login_wrongPassword_isSaidAndCanBeTriedAgain() {
        logIn(browser, "/me", "byron");
        assertThat(browser.text()).contains("wrong name or password");

        browser.click("a");
        browser.type("user", "ada").type("password", "lovelace").click("form button");

        assertThat(browser.text()).isEqualTo("hello ada");
    }

    @Test
    void vault_proofOfSixMinutesAgo_opensAfterAStepUp() {
        logIn(browser, "/vault", "lovelace");
        clock.advance(Duration.ofMinutes(6));

        browser.open(site + "/vault");
        assertThat(browser.address()).startsWith(site + "/step-up");
        browser.type("password", "lovelace").click("form button");

        assertThat(browser.address()).isEqualTo(site + "/vault");
        assertThat(browser.text()).isEqualTo("the vault is open");
    }

    @Test
    void logoutEverywhere_inAnotherBrowser_endsTheLoginOfThisOne() {
        logIn(browser, "/me", "lovelace");
        try (Chromium phone = new Chromium(folder.resolve("phone"))) {
            logIn(phone, "/me", "lovelace");
            phone.submit(site + "/logout-everywhere");
            phone.await(() -> phone.address().endsWith("/logout-everywhere"));
        }

        browser.open(site + "/me");

        assertThat(browser.address()).startsWith(site + "/login");
        assertThat(browser.open(site + "/").text()).isEqualTo("hello stranger");
    }

    @Test
    void me_halfAnHourWithoutUse_asksForALogin() {
        logIn(browser, "/me", "lovelace");
        clock.advance(Duration.ofMinutes(29));
        assertThat(browser.open(site + "/me").text()).isEqualTo("hello ada");
        clock.advance(Duration.ofMinutes(31));

        browser.open(site + "/me");

        assertThat(browser.address()).startsWith(site + "/login");
    }

    @Test
    void back_afterALogout_showsNothingPrivate() {
        logIn(browser, "/me", "lovelace");
        assertThat(browser.text()).isEqualTo("hello ada");
        browser.submit(site + "/logout");
        browser.await(() -> browser.text().equals("hello stranger"));

        browser.back();

        browser.await(() -> browser.address().startsWith(site + "/login"));
        assertThat(browser.text()).doesNotContain("ada");
    }
}
