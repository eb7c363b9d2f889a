package dev.gateline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.kit.RateLimitStoreContract;
import dev.gateline.store.RateLimitStore;
import dev.gateline.store.RateLimitStore.Rate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JdbcRateLimitStoreTest {

    abstract static class On extends RateLimitStoreContract {
        private final TestDatabase database;

        On(TestDatabase database) {
            this.database = database;
        }

        @Override
        protected RateLimitStore store() {
            return database.place().empty().rateLimits().orElseThrow();
        }

        @Test
        void take_nodesClockIsOff_goesByTheDatabases() {
            RateLimitStore store = store();
            Rate one = new Rate(1, Duration.ofHours(1));
            assertThat(store.take("name", one, Instant.now())).isZero();
            assertThat(store.take("name", one, Instant.now().plus(Duration.ofDays(365))))
                    .isPositive();
            assertThat(store.take("name", one, Instant.EPOCH)).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        }

        @Test
        void purge_fullBuckets_goAndOthersStay() {
            JdbcStorage storage = database.place().empty();
            RateLimitStore store = storage.rateLimits().orElseThrow();
            Rate one = new Rate(1, Duration.ofHours(1));
            store.take("full", one, Instant.now());
            store.take("empty", one, Instant.now());
            database.place().run("UPDATE gateline_rate_limit SET full_at = 1 WHERE name = 'full'");
            storage.purge();
            assertThat(database.place().number("SELECT COUNT(*) FROM gateline_rate_limit"))
                    .isEqualTo(1);
            assertThat(store.take("empty", one, Instant.now())).isPositive();
        }
    }

    @Nested
    class OnH2 extends On {
        OnH2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    class OnPostgresql extends On {
        OnPostgresql() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class OnMariadb extends On {
        OnMariadb() {
            super(TestDatabase.MARIADB);
        }
    }
}
