package dev.gateline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.servers.Await;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** A driver that does not return, as with notifications that keep arriving within a millisecond. */
class StuckListenerTest {
    private final DataSource pool = TestDatabase.POSTGRESQL.place().pool();
    private final AtomicInteger listens = new AtomicInteger();

    private DataSource source() {
        return proxy(DataSource.class, pool, new CountDownLatch(1));
    }

    private <T> T proxy(Class<T> type, Object target, CountDownLatch aborted) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                    switch (method.getName()) {
                        case "getConnection" -> {
                            return proxy(
                                    Connection.class, ((DataSource) target).getConnection(), new CountDownLatch(1));
                        }
                        case "unwrap" -> {
                            return proxy(PGConnection.class, target, aborted);
                        }
                        case "getNotifications" -> {
                            if (listens.incrementAndGet() == 1) {
                                aborted.await();
                                throw new SQLException("aborted", "08006");
                            }
                            return null;
                        }
                        case "abort" -> aborted.countDown();
                        default -> {}
                    }
                    try {
                        return method.invoke(target, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Test
    void renewIfStuck_driverDoesNotReturn_opensAnotherConnection() {
        Database database = new Database(source(), false);
        try (PostgresListener listener = new PostgresListener(database, () -> {})) {
            listener.start();
            Await.until("listening", () -> listens.get() == 1);

            Await.until("stuck", () -> !listener.isUp());
            listener.renewIfStuck();

            Await.until("listening again", () -> listens.get() > 1 && listener.isUp());
            assertThat(listener.isUp()).isTrue();
        }
    }
}
