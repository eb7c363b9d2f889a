package dev.gateline.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A source of connections that can be switched off: a database that is out of reach. */
final class SwitchedSource {
    private final DataSource source;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger isolation = new AtomicInteger(Connection.TRANSACTION_NONE);
    private volatile boolean off;
    private volatile boolean broken;
    private volatile boolean manualCommit;

    SwitchedSource(DataSource source) {
        this.source = source;
    }

    void off() {
        off = true;
    }

    /** From now on the driver fails with an {@link Error}. */
    void broken() {
        broken = true;
    }

    void on() {
        broken = false;
        off = false;
    }

    /** Connections come with this isolation level from now on. */
    void isolate(int level) {
        isolation.set(level);
    }

    /** Connections come without autocommit from now on. */
    void commitByHand() {
        manualCommit = true;
    }

    /** How many connections were asked for in vain. */
    int failures() {
        return failures.get();
    }

    /** How many connections were handed out. */
    int connections() {
        return connections.get();
    }

    DataSource source() {
        return (DataSource) Proxy.newProxyInstance(
                SwitchedSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, args) -> {
                    if (off) {
                        failures.incrementAndGet();
                        throw new SQLException("switched off", "08001");
                    }
                    if (broken) {
                        failures.incrementAndGet();
                        throw new NoClassDefFoundError("a class of the driver");
                    }
                    try {
                        Object result = method.invoke(source, args);
                        return result instanceof Connection connection ? set(connection) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Connection set(Connection connection) throws SQLException {
        connections.incrementAndGet();
        if (isolation.get() != Connection.TRANSACTION_NONE) {
            connection.setTransactionIsolation(isolation.get());
        }
        if (manualCommit) {
            connection.setAutoCommit(false);
        }
        return connection;
    }
}
