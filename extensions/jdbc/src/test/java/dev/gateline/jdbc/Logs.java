package dev.gateline.jdbc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The lines that this module logs while a test runs. The console doesn't get them. Thread-safe. */
final class Logs extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger(JdbcStorage.class.getName());
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    /** Begins. */
    Logs() {
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    /** In order. */
    List<String> warnings() {
        return messages(Level.WARNING);
    }

    /** Of one level, in order. */
    List<String> messages(Level level) {
        return records.stream()
                .filter(record -> record.getLevel().equals(level))
                .map(formatter::formatMessage)
                .toList();
    }

    @Override
    public void publish(LogRecord entry) {
        records.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
