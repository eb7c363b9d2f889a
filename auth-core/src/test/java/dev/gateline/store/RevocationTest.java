package dev.gateline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.EndReason;
import dev.gateline.LoginId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevocationTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final LoginId ID = new LoginId("A".repeat(22));

    @Test
    void mergedWith_another_hasTheLaterEndTheGreaterEpochAndTheKnownReason() {
        Revocation early = Revocation.ofGroup("gs_ ada", 7, NOW);
        Revocation late = Revocation.ofGroup("gs_ ada", 3, NOW.plusSeconds(1));
        Revocation both = Revocation.ofGroup("gs_ ada", 7, NOW.plusSeconds(1));
        assertThat(early.mergedWith(late)).isEqualTo(both);
        assertThat(late.mergedWith(early)).isEqualTo(both);

        Revocation known = Revocation.ofLogin(ID, NOW, EndReason.LOGGED_OUT);
        Revocation unknown = Revocation.ofLogin(ID, NOW);
        assertThat(known.mergedWith(unknown).reason()).isEqualTo(EndReason.LOGGED_OUT);
        assertThat(unknown.mergedWith(known).reason()).isEqualTo(EndReason.LOGGED_OUT);
        assertThat(Revocation.ofLogin(ID, NOW, EndReason.ENDED)
                        .mergedWith(known)
                        .reason())
                .isEqualTo(EndReason.LOGGED_OUT);
    }

    @Test
    void memory_endingOfAGroup_isToldOnceForEachEpoch() {
        RevocationStore store = Storage.inMemory(1).revocations();
        List<Revocation> told = new ArrayList<>();
        store.subscribe(new RevocationStore.Listener() {
            @Override
            public void revoked(Revocation revocation) {
                told.add(revocation);
            }

            @Override
            public void missed() {}
        });
        Instant until = NOW.plusSeconds(60);
        Revocation first = Revocation.ofGroup("gs_ ada", 7, until);
        Revocation second = Revocation.ofGroup("gs_ ada", 8, until);

        store.revoke(first, NOW);
        store.revoke(first, NOW);
        store.revoke(Revocation.ofGroup("gs_ ada", 6, until.plusSeconds(60)), NOW);
        store.revoke(second, NOW);
        store.revoke(second, NOW);

        assertThat(told).containsExactly(first, second);
    }
}
