package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The revocations in memory promise more than the contract: the exact time at which they are forgotten. */
class MemoryRevocationsTest {
    private static final Instant NOW = Rows.NOW;
    private static final Instant UNTIL = NOW.plusSeconds(360);

    private final AtomicLong days = new AtomicLong();
    private final RevocationStore store = Storage.inMemory(1, () -> TimeUnit.DAYS.toNanos(days.incrementAndGet()))
            .revocations();

    private void write(Instant now) {
        store.revoke(Revocation.ofToken("other", now.plusSeconds(60)), now);
    }

    private boolean isRevoked(String tokenId) {
        return store.isRevoked(new Revocable("r", tokenId, "x", "x", Long.MAX_VALUE));
    }

    private List<Revocation> live(Instant now) {
        List<Revocation> live = new ArrayList<>();
        store.forEachLive(now, live::add);
        return live;
    }

    @Test
    void revoke_atTheEndOfAnother_forgetsThatAndNotBefore() {
        write(NOW);
        store.revoke(Revocation.ofToken("token", UNTIL), NOW);

        write(UNTIL.minusNanos(1_000));
        assertThat(isRevoked("token")).isTrue();
        write(UNTIL);
        assertThat(isRevoked("token")).isFalse();
    }

    @Test
    void revoke_manyGroupsOver_forgetsFourWithEachGroup() {
        for (int i = 0; i < 9; i++) {
            store.revoke(Revocation.ofGroup("r user-" + i, Long.MAX_VALUE, UNTIL), NOW);
        }
        endAGroup(UNTIL);
        for (int left = 5; left >= -3; left -= 4) {
            assertThat(IntStream.range(0, 9).filter(this::hasEnded)).hasSize(Math.max(0, left));
            endAGroup(UNTIL);
        }
    }

    private void endAGroup(Instant now) {
        store.revoke(Revocation.ofGroup("r other", 1, now.plusSeconds(60)), now);
    }

    private boolean hasEnded(int user) {
        return store.isRevoked(new Revocable("r", "", "x", "user-" + user, Long.MAX_VALUE - 1));
    }

    /** The ids that Gateline makes are kept in another form than other ids. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void revoke_manyOver_areForgottenWithLaterOnesAndNotBefore(boolean random) {
        List<LoginId> over = logins(random, "over-", 3_000);
        List<LoginId> later = logins(random, "later-", 3_000);
        over.forEach(id -> store.revoke(Revocation.ofLogin(id, UNTIL), NOW));

        later.forEach(id -> store.revoke(Revocation.ofLogin(id, UNTIL.plusSeconds(60)), UNTIL.minusNanos(1_000)));
        assertThat(over).allMatch(this::hasEnded);

        logins(random, "last-", 20_000)
                .forEach(id -> store.revoke(Revocation.ofLogin(id, UNTIL.plusSeconds(60)), UNTIL));
        assertThat(over).noneMatch(this::hasEnded);
        assertThat(later).allMatch(this::hasEnded);
    }

    private static List<LoginId> logins(boolean random, String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> random ? Rows.of("ada").id() : new LoginId(prefix + i))
                .toList();
    }

    private boolean hasEnded(LoginId id) {
        return store.isRevoked(new Revocable("r", "", id.value(), "x", Long.MAX_VALUE));
    }

    @Test
    void revoke_untilTheEndOfTime_isNotForgotten() {
        for (LoginId id : List.of(Rows.of("ada").id(), new LoginId("l"))) {
            store.revoke(Revocation.ofLogin(id, Instant.MAX), NOW);

            assertThat(live(UNTIL)).extracting(Revocation::key).contains(id.value());
            assertThat(live(Instant.MIN)).extracting(Revocation::key).contains(id.value());
        }
    }

    @Test
    void revoke_again_isHeldOnceForTheLonger() {
        write(NOW);
        store.revoke(Revocation.ofLogin(new LoginId("l"), UNTIL.plusSeconds(60)), NOW);
        store.revoke(Revocation.ofLogin(new LoginId("l"), UNTIL), NOW);

        assertThat(live(NOW)).filteredOn(it -> it.key().equals("l")).hasSize(1);
        assertThat(live(UNTIL)).extracting(Revocation::key).contains("l");
        write(UNTIL);
        assertThat(live(UNTIL)).extracting(Revocation::key).contains("l");
    }

    @Test
    void forEachLive_atTheEnd_hasItNoMore() {
        store.revoke(Revocation.ofToken("token", UNTIL), NOW);

        assertThat(live(UNTIL.minusNanos(1_000))).hasSize(1);
        assertThat(live(UNTIL)).isEmpty();
    }
}
