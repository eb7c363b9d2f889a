package dev.gateline.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.gateline.Login;
import dev.gateline.jdbc.JdbcStorage;
import dev.gateline.session.SessionAuthenticator;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("slow")
class H2StoreTest extends SharedStoreContract {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(DataSourceAutoConfiguration.class, GatelineAutoConfiguration.class))
            .withPropertyValues("gateline.origins=https://park.example", "gateline.store=jdbc");

    @TempDir
    Path folder;

    @Override
    Stream<String> store() {
        return Stream.of("gateline.store=jdbc", "spring.datasource.url=jdbc:h2:mem:shared;DB_CLOSE_DELAY=-1");
    }

    private String url() {
        return "spring.datasource.url=jdbc:h2:file:" + folder.resolve("logins");
    }

    @Test
    void tables_databaseInAFile_areNotCreatedByDefaultAndTheStartSaysSo() {
        runner.withPropertyValues(url())
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageStartingWith("gateline.jdbc.create-tables: the database does not have the tables"
                                + " gateline_login,"));
    }

    /** It may come back; a start needs no store. */
    @Test
    void tables_databaseOutOfReach_doesNotStopTheStart() {
        runner.withPropertyValues(
                        "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none",
                        "gateline.jdbc.create-tables=never",
                        "gateline.jdbc.pool-size=2")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void login_pageHoldsTheOnlyConnection_takesAPoolOfItsOwn() {
        runner.withPropertyValues(
                        "spring.datasource.url=jdbc:h2:mem:pools;DB_CLOSE_DELAY=-1",
                        "spring.datasource.hikari.maximum-pool-size=1",
                        "gateline.jdbc.create-tables=always",
                        "gateline.jdbc.pool-size=2")
                .run(context -> {
                    try (var page = context.getBean(DataSource.class).getConnection()) {
                        assertThat(page.isValid(1)).isTrue();
                        assertThat(context.getBean(SessionAuthenticator.class).login(Login.of("ada")))
                                .isNotNull();
                    }
                    var pools = context.getBeansOfType(HikariDataSource.class);
                    assertThat(pools).hasSize(2);
                    context.close();
                    assertThat(pools.values()).allMatch(HikariDataSource::isClosed);
                });
    }

    @ParameterizedTest
    @CsvSource({"1, 'pool size: at least 2 connections, was 1'", "2, 'there is no spring.datasource.url to connect to'"
    })
    void poolSize_thatCantBeApplied_isNamed(int size, String rule) {
        ApplicationContextRunner wired = size == 1
                ? runner.withPropertyValues("spring.datasource.url=jdbc:h2:mem:few")
                : runner.withUserConfiguration(Joining.class);
        wired.withPropertyValues("gateline.jdbc.pool-size=" + size)
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("gateline.jdbc.pool-size: " + rule));
    }

    @Test
    void tables_always_areCreated() {
        runner.withPropertyValues(url(), "gateline.jdbc.create-tables=always")
                .run(context -> assertThat(
                                context.getBean(SessionAuthenticator.class).login(Login.of("ada")))
                        .isNotNull());
    }

    /** A data source that joins transactions. */
    @Configuration(proxyBeanMethods = false)
    static class Joining {
        @Bean
        DataSource joining() {
            JdbcDataSource target = new JdbcDataSource();
            target.setURL("jdbc:h2:mem:joining;DB_CLOSE_DELAY=-1");
            return new TransactionAwareDataSourceProxy(target);
        }
    }

    @Test
    void login_inATransactionThatIsRolledBack_lives() {
        runner.withUserConfiguration(Joining.class)
                .withPropertyValues("gateline.jdbc.create-tables=always")
                .run(context -> {
                    SessionAuthenticator sessions = context.getBean(SessionAuthenticator.class);
                    var transactions = new TransactionTemplate(
                            new DataSourceTransactionManager(context.getBean(DataSource.class)));

                    JdbcTemplate page = new JdbcTemplate(context.getBean(DataSource.class));
                    page.execute("CREATE TABLE cart (item INT)");

                    transactions.executeWithoutResult(transaction -> {
                        page.execute("INSERT INTO cart VALUES (1)");
                        sessions.login(Login.of("ada"));
                        transaction.setRollbackOnly();
                    });

                    assertThat(page.queryForList("SELECT item FROM cart")).isEmpty();

                    assertThat(sessions.logins().of("ada")).hasSize(1);
                });
    }

    /** A pool of its own. */
    @Configuration(proxyBeanMethods = false)
    static class Pools {
        static final String URL = "jdbc:h2:mem:own;DB_CLOSE_DELAY=-1";

        @Bean(defaultCandidate = false)
        @GatelineDataSource
        DataSource own() {
            JdbcDataSource own = new JdbcDataSource();
            own.setURL(URL);
            return own;
        }
    }

    @Test
    void dataSource_markedAsGatelines_isTakenAndNobodyElseGetsIt() {
        runner.withPropertyValues("spring.datasource.url=jdbc:h2:mem:usual")
                .withUserConfiguration(Pools.class)
                .run(context -> {
                    context.getBean(SessionAuthenticator.class).login(Login.of("ada"));

                    assertThat(context.getBean(DataSource.class)).isNotInstanceOf(JdbcDataSource.class);
                    assertThat(context).hasSingleBean(JdbcStorage.class);
                    JdbcDataSource own = new JdbcDataSource();
                    own.setURL(Pools.URL);
                    assertThat(SessionAuthenticator.builder(JdbcStorage.of(own))
                                    .build()
                                    .logins()
                                    .of("ada"))
                            .hasSize(1);
                });
    }
}
