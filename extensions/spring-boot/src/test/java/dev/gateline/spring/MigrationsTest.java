package dev.gateline.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Login;
import dev.gateline.jdbc.JdbcStorage;
import dev.gateline.session.SessionAuthenticator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The application's migration tool makes the tables, from the script in the jar of {@code auth-jdbc}. */
@Tag("slow")
@Tag("once")
class MigrationsTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    FlywayAutoConfiguration.class,
                    LiquibaseAutoConfiguration.class,
                    GatelineAutoConfiguration.class))
            .withPropertyValues("gateline.origins=https://park.example", "gateline.store=jdbc");

    @TempDir
    Path folder;

    private String url() {
        return "spring.datasource.url=jdbc:h2:file:" + folder.resolve("logins");
    }

    private static void holdsLogins(AssertableApplicationContext context) {
        assertThat(context).hasNotFailed();
        assertThat(context.getBean(SessionAuthenticator.class).login(Login.of("ada")))
                .isNotNull();
    }

    @Test
    void flyway_withTheScript_makesTheTablesFirst() throws IOException {
        Path migrations = Files.createDirectory(folder.resolve("migrations"));
        try (InputStream script = JdbcStorage.class.getResourceAsStream("h2.sql")) {
            Files.copy(script, migrations.resolve("V1__gateline.sql"));
        }
        runner.withPropertyValues(
                        url(),
                        "gateline.jdbc.create-tables=never",
                        "spring.flyway.enabled=true",
                        "spring.flyway.locations=filesystem:" + migrations)
                .run(MigrationsTest::holdsLogins);
    }

    @Test
    void liquibase_withTheScript_makesTheTablesFirst() {
        runner.withPropertyValues(
                        url(),
                        "gateline.jdbc.create-tables=never",
                        "spring.liquibase.enabled=true",
                        "spring.liquibase.change-log=classpath:/gateline-changelog.yaml")
                .run(MigrationsTest::holdsLogins);
    }
}
