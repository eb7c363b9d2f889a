package dev.gateline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.EndReason;
import dev.gateline.LoginId;
import dev.gateline.LoginLimit;
import dev.gateline.Timeouts;
import dev.gateline.store.LoginStore;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoginRevocationsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final LoginId HERE = new LoginId("here");
    private static final LoginId THERE = new LoginId("there");

    private static final Timeouts DAY = new Timeouts(Duration.ofDays(1), Duration.ofDays(1));
    private static final TicketPolicy POLICY = TicketPolicy.builder(
                    "gs_", new LoginTimeouts(DAY, DAY, (login, most) -> most), LoginLimit.none())
            .grace(Duration.ofSeconds(10))
            .build();

    private final Storage part = Storage.inMemory(10);

    /** A storage of two parts, of which the one of {@link #THERE} is away. */
    private final class Parted implements Storage {
        private final Storage away = Storage.inMemory(1);

        @Override
        public LoginStore logins() {
            return part.logins();
        }

        @Override
        public RevocationStore revocations() {
            return RevocationStore.class.cast(Proxy.newProxyInstance(
                    RevocationStore.class.getClassLoader(),
                    new Class<?>[] {RevocationStore.class},
                    (proxy, method, args) -> {
                        if (Arrays.toString(args).contains(THERE.value())) {
                            throw new IllegalStateException("this part is away");
                        }
                        return method.invoke(part.revocations(), args);
                    }));
        }

        @Override
        public Storage partOf(LoginId id) {
            return id.equals(THERE) ? away : part;
        }
    }

    /** They have ended although their rows stay. */
    @Test
    void endAll_onePartFails_loginsOfThePartsBeforeItAreRememberedForAsLongAsTheirRows() {
        Map<LoginId, EndReason> both = new LinkedHashMap<>();
        both.put(HERE, EndReason.LIMIT);
        both.put(THERE, EndReason.LIMIT);

        assertThatThrownBy(() -> new LoginRevocations(POLICY, new Parted()).endAll(both, NOW))
                .hasStackTraceContaining("this part is away");

        List<Instant> until = new ArrayList<>();
        part.revocations().forEachLive(NOW, revocation -> until.add(revocation.until()));
        assertThat(until).containsExactly(NOW.plus(POLICY.endedForGood()));
    }

    /** The longest login ends after 36,525 days, and the clock of another node may be a minute behind. */
    @Test
    void endEverybody_always_isRememberedForLongerThanAnyLoginCanLast() {
        LoginRevocations revocations = new LoginRevocations(POLICY, part);

        revocations.endEverybody(NOW);

        List<Instant> until = new ArrayList<>();
        part.revocations().forEachLive(NOW, revocation -> until.add(revocation.until()));
        assertThat(until).containsExactly(NOW.plus(Duration.ofDays(36_525).plusMinutes(2)));
    }
}
