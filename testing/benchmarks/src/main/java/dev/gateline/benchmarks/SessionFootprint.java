package dev.gateline.benchmarks;

import dev.gateline.session.SessionAuthenticator;
import dev.gateline.spi.Storage;
import java.lang.management.ManagementFactory;

/** How much heap a live session takes in memory: the difference that a million of them make, garbage collected. */
public final class SessionFootprint {
    private static final int SESSIONS = 1_000_000;

    private SessionFootprint() {}

    /**
     * Prints it.
     *
     * @param args none
     */
    public static void main(String[] args) {
        Storage storage = Storage.inMemory(SESSIONS);
        SessionAuthenticator gate = SessionAuthenticator.builder(storage).build();
        long before = heap();
        for (int i = 0; i < SESSIONS; i++) {
            if (gate.login(SessionBenchmark.user(i)).access().tooLong()) {
                throw new IllegalStateException("no session");
            }
        }
        long after = heap();
        System.out.println((after - before) / SESSIONS + " bytes of heap for each of " + SESSIONS + " sessions of "
                + gate.logins().of("user-0").size() + " a user");
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            ManagementFactory.getMemoryMXBean().gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
