package dev.gateline.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** A source of connections that counts the rows which are read, and the transactions of several statements. */
final class CountingSource {
    private final DataSource source;
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong transactions = new AtomicLong();

    CountingSource(DataSource source) {
        this.source = source;
    }

    long rows() {
        return rows.get();
    }

    long transactions() {
        return transactions.get();
    }

    DataSource source() {
        return counted(DataSource.class, source);
    }

    private <T> T counted(Class<T> type, Object target) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                    try {
                        if (method.getName().equals("setAutoCommit") && Boolean.FALSE.equals(args[0])) {
                            transactions.incrementAndGet();
                        }
                        Object result = method.invoke(target, args);
                        if (method.getName().equals("next") && Boolean.TRUE.equals(result)) {
                            rows.incrementAndGet();
                        }
                        return counted(method.getName(), result);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private Object counted(String method, Object result) {
        return switch (method) {
            case "getConnection" -> counted(Connection.class, result);
            case "prepareStatement" -> counted(PreparedStatement.class, result);
            case "executeQuery" -> counted(ResultSet.class, result);
            default -> result;
        };
    }
}
