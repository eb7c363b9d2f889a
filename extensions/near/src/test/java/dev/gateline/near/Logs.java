package dev.gateline.near;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The lines that this module logs while a test runs. The console doesn't get them. Thread-safe. */
final class Logs extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger(NearStorage.class.getName());
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Begins. */
    Logs() {
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    /** In order, each with its level before it. */
    List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord entry) {
        lines.add(entry.getLevel() + " " + formatter.formatMessage(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
