package dev.gateline.spring;

import dev.gateline.jdbc.JdbcStorage;
import dev.gateline.jdbc.JdbcStorageBuilder;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.Storage;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
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
        JdbcStorage storage = Customizers.over(builder, customizers).build();
        return mayCreate(properties.jdbc().createTables(), source) ? storage.createIfMissing() : storage;
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
