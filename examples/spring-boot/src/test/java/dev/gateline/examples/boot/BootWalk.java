package dev.gateline.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.examples.walk.Visitor;
import dev.gateline.examples.walk.Walk;
import java.net.URI;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The walk, whose strategy is one word, and the pages that this example has besides. */
abstract class BootWalk extends Walk {
    private final String strategy;
    private ConfigurableApplicationContext application = new GenericApplicationContext();

    BootWalk(String strategy) {
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

    @Test
    void admin_keeper_seesTheDevicesOfAnyUser() {
        Visitor grace = stranger();
        grace.post("/login", "user=grace&password=hopper");

        assertThat(ada().get("/admin/grace").body()).startsWith("[\"");
        assertThat(grace.get("/admin/grace").statusCode()).isEqualTo(403);
        assertThat(stranger().get("/admin/grace").statusCode()).isEqualTo(401);
    }

    @Test
    void forms_atTheirPaths_askForAPassword() {
        assertThat(stranger().get("/login").body()).contains("name=\"user\"", "name=\"password\"");
        assertThat(ada().get("/step-up").body()).contains("name=\"password\"");
    }

    @Test
    void devices_twoLogins_areBothListed() {
        Visitor grace = stranger();
        grace.post("/login", "user=grace&password=hopper");
        stranger().post("/login", "user=grace&password=hopper");

        assertThat(grace.get("/devices").body().split("last seen", -1)).hasSizeGreaterThanOrEqualTo(3);
    }
}
