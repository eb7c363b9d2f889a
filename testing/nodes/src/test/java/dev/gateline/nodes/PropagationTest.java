package dev.gateline.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.servers.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long it takes until other nodes refuse what has ended on one, while many others are let in. */
class PropagationTest {
    private static final int TRIALS = Integer.getInteger("propagation.endings", 100);
    private static final int VISITORS = 50;
    private static final long BETWEEN_VISITS = TimeUnit.SECONDS.toNanos(1) / 2_000;
    private static final long BETWEEN_LOOKS = TimeUnit.MICROSECONDS.toNanos(50);

    @ParameterizedTest
    @EnumSource
    void ending_onOneNode_isSeenOnTheOthersInTime(Technology technology) {
        try (Server server = technology.start()) {
            for (Strategy strategy : Strategy.values()) {
                try (Park park = new Park(technology, List.of(server), strategy, UnaryOperator.identity()).open();
                        Visits visits = new Visits(park)) {
                    List<Long> delays = new ArrayList<>();
                    for (int i = 0; i < TRIALS; i++) {
                        delays.addAll(end(park, i));
                    }
                    assertThat(Collections.max(delays)).isLessThan(Park.MAX_STALENESS.toNanos());
                    report(park, delays, visits.perSecond());
                }
            }
        }
    }

    /** For each other node, the time from the return of the call to the look that was refused; in nanoseconds. */
    private static List<Long> end(Park park, int trial) {
        List<Node> nodes = park.nodes();
        Node there = nodes.get(trial % nodes.size());
        Authenticator here = there.gate();
        String subject = "subject " + trial;
        Grant grant = here.login(Login.of(subject));
        nodes.forEach(node -> assertThat(isAccepted(node, grant.access())).isTrue());
        if (trial % 2 == 0) {
            here.logout(grant.access());
        } else {
            here.logins().endAll(subject);
        }
        long ended = System.nanoTime();
        assertThat(isAccepted(there, grant.access())).isFalse();
        return nodes.stream()
                .filter(node -> !node.equals(there))
                .map(node -> firstRefused(node, grant.access(), ended))
                .toList();
    }

    private static long firstRefused(Node node, Credential access, long ended) {
        long now = System.nanoTime();
        while (isAccepted(node, access)) {
            LockSupport.parkNanos(BETWEEN_LOOKS);
            now = System.nanoTime();
        }
        return now - ended;
    }

    private static boolean isAccepted(Node node, Credential access) {
        return node.gate().authenticate(access).toOptional().isPresent();
    }

    private static void report(Park park, List<Long> delays, long visits) {
        List<Long> sorted = delays.stream().sorted().toList();
        System.out.printf(
                "%s, %s: an ending is seen elsewhere after %.2f ms (p50), %.2f ms (p99), %.2f ms (max of %,d),"
                        + " beside %,d"
                        + " requests/s%n",
                park.technology(),
                park.strategy(),
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6,
                sorted.get(sorted.size() - 1) / 1e6,
                sorted.size(),
                visits);
    }

    /** Others who come at a fixed rate, and stay logged in. */
    private static final class Visits implements AutoCloseable {
        private final Park park;
        private final List<Credential> visitors = new ArrayList<>();
        private final AtomicLong count = new AtomicLong();
        private final long began;
        private final Thread thread = new Thread(this::come, "visits");
        private volatile boolean over;

        Visits(Park park) {
            this.park = park;
            park.awaitAllFresh();
            Authenticator gate = park.nodes().get(0).gate();
            for (int i = 0; i < VISITORS; i++) {
                visitors.add(gate.login(Login.of("visitor")).access());
            }
            began = System.nanoTime();
            thread.start();
        }

        private void come() {
            while (!over) {
                int next = Math.toIntExact(count.get());
                if (System.nanoTime() - began < next * BETWEEN_VISITS) {
                    LockSupport.parkNanos(BETWEEN_VISITS);
                    continue;
                }
                Node node = park.nodes().get(next % park.nodes().size());
                if (isAccepted(node, visitors.get(next % VISITORS))) {
                    count.incrementAndGet();
                }
            }
        }

        long perSecond() {
            return count.get()
                    * 1_000
                    / Duration.ofNanos(System.nanoTime() - began).toMillis();
        }

        @Override
        public void close() {
            over = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
