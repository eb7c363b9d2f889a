package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.Rejection;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Storage;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The work of this node for somebody who knows a login's public id. */
@Tag("slow")
class GuessCostTest {
    private static final int ROTATIONS = 300;
    private static final int GUESSES = 200;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void renew_guessAtALoginOf300Rotations_takesTwoKilobytesAtMost() {
        MutableClock clock = new MutableClock();
        JwtAuthenticator gate = JwtAuthenticator.builder(Storage.inMemory(10), KeyRing.generate(Algorithm.HS256))
                .issuer("https://i")
                .audience("a")
                .absoluteTimeout(Duration.ofDays(30))
                .clock(clock)
                .build();
        Grant grant = gate.login(Login.of("ada"));
        for (int i = 0; i < ROTATIONS; i++) {
            clock.advance(Duration.ofMinutes(2));
            grant = gate.renew(grant.renewal()).toOptional().orElseThrow();
            assertThat(gate.refresh(grant.renewal()).toOptional()).isPresent();
        }
        String text = grant.renewal().reveal();
        String guess = text.substring(0, text.indexOf('.') + 1) + "A".repeat(64);

        long before = 0;
        for (int i = -GUESSES; i < GUESSES; i++) {
            if (i == 0) {
                before = THREADS.getCurrentThreadAllocatedBytes();
            }
            assertThat(gate.renew(Credential.of(guess)).rejection().orElseThrow() == Rejection.UNKNOWN)
                    .isTrue();
        }
        long each = (THREADS.getCurrentThreadAllocatedBytes() - before) / GUESSES;

        assertThat(each).isLessThanOrEqualTo(2_048);
    }
}
