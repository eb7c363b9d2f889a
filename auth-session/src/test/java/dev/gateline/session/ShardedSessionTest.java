package dev.gateline.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.kit.Faults;
import dev.gateline.kit.MutableClock;
import dev.gateline.kit.Patience;
import dev.gateline.store.ShardedStorage;
import dev.gateline.store.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sessions in two shards, of which one takes no notes of uses. */
class ShardedSessionTest {
    private final MutableClock clock = new MutableClock();
    private final Faults faults = new Faults();
    private final Storage broken = faults.around(Storage.inMemory(1_000));
    private final Storage whole = Storage.inMemory(1_000);
    private final ShardedStorage storage = ShardedStorage.of(Map.of("broken", broken, "whole", whole));
    private final SessionAuthenticator gate =
            SessionAuthenticator.builder(storage).clock(clock).build();

    private Map<Boolean, List<Grant>> loggedIn(int users) {
        return IntStream.range(0, users)
                .mapToObj(each -> gate.login(Login.of("user " + each)))
                .collect(Collectors.partitioningBy(
                        grant -> storage.partOf(grant.loginId()).equals(whole)));
    }

    private void use(Grant grant) {
        assertThat(gate.authenticate(grant.access()).rejection()).isEmpty();
    }

    private boolean isNoted(Grant grant) {
        Instant seenAt = whole.logins().find(grant.loginId()).orElseThrow().lastSeenAt();
        return seenAt.equals(clock.instant());
    }

    @Test
    void uses_oneShardTakesNone_areWrittenToTheOther() {
        Map<Boolean, List<Grant>> grants = loggedIn(300);
        faults.failAlways("touch");
        clock.advance(Duration.ofMinutes(2));
        grants.get(false).forEach(this::use);
        grants.get(true).forEach(this::use);

        assertThat(grants.get(true)).hasSizeGreaterThan(50);
        Patience.await("all uses are noted", () -> grants.get(true).stream().allMatch(this::isNoted));
        gate.close();
    }

    @Test
    void close_oneShardTakesNoUses_writesThoseOfTheOther() {
        Map<Boolean, List<Grant>> grants = loggedIn(300);
        faults.failAlways("touch");
        clock.advance(Duration.ofMinutes(2));
        grants.get(false).forEach(this::use);
        grants.get(true).forEach(this::use);
        gate.close();

        assertThat(grants.get(true)).isNotEmpty().allMatch(this::isNoted);
    }
}
