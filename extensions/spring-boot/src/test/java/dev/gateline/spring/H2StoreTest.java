package dev.gateline.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.Login;
import dev.gateline.jdbc.JdbcStorage;
import dev.gateline.session.SessionAuthenticator;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

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
    void tables_databaseInAFile_areNotCreatedByDefault() {
        runner.withPropertyValues(url())
                .run(context -> assertThatThrownBy(() ->
                                context.getBean(SessionAuthenticator.class).login(Login.of("ada")))
                        .isInstanceOf(dev.gateline.AuthUnavailableException.class));
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
