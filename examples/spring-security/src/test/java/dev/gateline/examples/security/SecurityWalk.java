package dev.gateline.examples.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.examples.walk.Visitor;
import dev.gateline.examples.walk.Walk;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The walk, with the form and the logout of Spring Security, and method security. */
abstract class SecurityWalk extends Walk {
    private final String strategy;
    private ConfigurableApplicationContext application = new GenericApplicationContext();

    SecurityWalk(String strategy) {
        this.strategy = strategy;
    }

    @Override
    protected URI start(Clock clock) {
        application = new SpringApplicationBuilder(Application.class)
                .initializers((GenericApplicationContext context) -> context.registerBean(Clock.class, () -> clock))
                .run(
                        "--gateline.strategy=" + strategy,
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--spring.main.register-shutdown-hook=false",
                        "--logging.level.root=off");
        return URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + "/");
    }

    @Override
    protected void stop() {
        application.close();
    }

    /** A login of the same user steps up the login that there is. */
    @Override
    protected HttpResponse<String> stepUp(Visitor browser, String password) {
        return browser.post("/login", "user=ada&password=" + password);
    }

    @Test
    void admin_keeper_isServedAndOthersAreNot() {
        Visitor grace = stranger();
        grace.post("/login", "user=grace&password=hopper");

        assertThat(ada().get("/admin/grace").body()).startsWith("grace has logins");
        assertThat(grace.get("/admin/grace").statusCode()).isEqualTo(403);
    }

    /** The link is another site's, and the name in it comes back. */
    @Test
    void admin_nameWithMarkup_isNoHtml() {
        HttpResponse<String> page = ada().follow("/admin/%3Cimg%20src=x%20onerror=alert(1)%3E");

        assertIsNoHtml(page);
        assertThat(page.body()).startsWith("<img src=x onerror=alert(1)> has logins");
    }
}
