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
    void revoke_manyOver_forgetsFourEachTime() {
        for (int i = 0; i < 9; i++) {
            store.revoke(Revocation.ofToken("t" + i, UNTIL), NOW);
        }
        write(UNTIL);
        for (int left = 5; left >= -3; left -= 4) {
            assertThat(IntStream.range(0, 9).filter(i -> isRevoked("t" + i))).hasSize(Math.max(0, left));
            write(UNTIL);
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
