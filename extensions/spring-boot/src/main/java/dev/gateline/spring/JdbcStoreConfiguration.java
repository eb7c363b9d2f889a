package dev.gateline.spring;

import dev.gateline.AuthUnavailableException;
import dev.gateline.jdbc.JdbcStorage;
import dev.gateline.jdbc.JdbcStorageBuilder;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.Storage;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** Logins in the database of the application, after a migration tool has run, if there is one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "gateline.store", havingValue = "jdbc")
@ConditionalOnMissingBean(Storage.class)
@ConditionalOnBean(DataSource.class)
final class JdbcStoreConfiguration {

    @Bean
    @DependsOnDatabaseInitialization
    JdbcStorage gatelineSharedStorage(
            GatelineProperties properties,
            ObjectProvider<DataSource> usual,
            @GatelineDataSource ObjectProvider<DataSource> own,
            ObjectProvider<GatelineCustomizer<JdbcStorageBuilder>> customizers) {
        DataSource source = outsideTransactions(own.getIfAvailable(usual::getObject));
        JdbcStorageBuilder builder = JdbcStorage.builder(source);
        Settings.apply("gateline.jdbc.poll-interval", properties.jdbc().pollInterval(), builder::pollInterval);
        if (properties.jdbc().serverPreparedStatements()) {
            builder.serverPreparedStatements();
        }
        JdbcStorage storage = Customizers.over(builder, customizers).build();
        if (mayCreate(properties.jdbc().createTables(), source)) {
            return storage.createIfMissing();
        }
        checkTables(storage);
        return storage;
    }

    /** A database that is out of reach says nothing about its tables, and does not stop the start. */
    private static void checkTables(JdbcStorage storage) {
        List<String> missing;
        try {
            missing = storage.missingTables();
        } catch (AuthUnavailableException e) {
            return;
        }
        if (!missing.isEmpty()) {
            throw Settings.missing(
                    "gateline.jdbc.create-tables",
                    "the database does not have the tables " + String.join(", ", missing)
                            + ", and Gateline may not create them",
                    "Let Flyway or Liquibase run postgresql.sql, mariadb.sql or h2.sql, which are in the jar of"
                            + " auth-jdbc (folder dev/gateline/jdbc), or set gateline.jdbc.create-tables to always.");
        }
    }

    /** Connects as the application's pool does, so that a page which holds a connection never waits for another. */
    @Bean(defaultCandidate = false)
    @GatelineDataSource
    @ConditionalOnProperty("gateline.jdbc.pool-size")
    DataSource gatelinePool(GatelineProperties properties, ObjectProvider<JdbcConnectionDetails> details) {
        JdbcConnectionDetails to = details.getIfAvailable();
        if (to == null) {
            throw Settings.missing(
                    "gateline.jdbc.pool-size",
                    "there is no spring.datasource.url to connect to",
                    "Set it, or declare a pool of your own with @GatelineDataSource.");
        }
        return Settings.named(
                "gateline.jdbc.pool-size", () -> Pool.of(to, properties.jdbc().poolSize()));
    }

    /** An ending that is rolled back with a page's transaction would have been told to all nodes. */
    private static DataSource outsideTransactions(DataSource source) {
        @Nullable
        DataSource target =
                source instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : source;
        return target == null ? source : target;
    }

    private static boolean mayCreate(TableCreation when, DataSource source) {
        return switch (when) {
            case ALWAYS -> true;
            case NEVER -> false;
            case EMBEDDED -> EmbeddedDatabaseConnection.isEmbedded(source);
        };
    }

    @Bean
    @ConditionalOnMissingBean
    KeyRingStore gatelineKeyRingStore(JdbcStorage storage, GatelineProperties properties) {
        return Settings.named(
                "gateline.jwt.keys.name",
                () -> storage.keyRing(properties.jwt().keys().name()));
    }
}
