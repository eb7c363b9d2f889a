package dev.gateline.near;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class UpkeepTest {
    private final List<String> logged = new CopyOnWriteArrayList<>();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getLevel() + " " + new SimpleFormatter().formatMessage(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Test
    @org.junit.jupiter.api.Timeout(60)
    void keep_taskFails_isLoggedOnceForAStreakAndTriedAgain() throws InterruptedException {
        Logger logger = Logger.getLogger(NearStorage.class.getName());
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        CountDownLatch runs = new CountDownLatch(3);
        Runnable task = () -> {
            runs.countDown();
            if (runs.getCount() > 0) {
                throw new StackOverflowError("as it was told to");
            }
        };
        AtomicLong seconds = new AtomicLong();
        try (Upkeep upkeep = new Upkeep(task, () -> TimeUnit.SECONDS.toNanos(seconds.getAndIncrement()))) {
            while (!runs.await(10, TimeUnit.MILLISECONDS) || logged.size() < 2) {
                upkeep.keep();
            }
            assertThat(logged)
                    .hasSize(2)
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .startsWith("WARNING the upkeep of copies has failed")
                                    .contains("StackOverflowError: as it was told to"),
                            second -> assertThat(second).isEqualTo("INFO the upkeep of copies works again"));
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
    }
}
