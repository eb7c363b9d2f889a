package dev.gateline.store;

import dev.gateline.LoginId;
import dev.gateline.interleavings.Interleavings;
import java.time.Duration;
import java.time.Instant;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Revocations of two logins and of one user, while old ones are forgotten. */
@Param(name = "login", gen = IntGen.class, conf = "1:2")
@Param(name = "minutes", gen = IntGen.class, conf = "1:3")
@Tag("slow")
@Tag("once")
public class MemoryRevocationStoreInterleavingsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final String USER = "gs_ ada";

    private final RevocationStore store = Storage.inMemory(1).revocations();
    private final long first = store.epoch();

    private static String id(int login) {
        return Integer.toString(login).repeat(22);
    }

    private Revocable login(int login, long epoch) {
        return new Revocable("gs_", "", id(login), "ada", epoch);
    }

    @Operation
    public void revoke(@Param(name = "login") int login, @Param(name = "minutes") int minutes) {
        Instant until = NOW.plus(Duration.ofMinutes(minutes));
        store.revoke(Revocation.ofLogin(new LoginId(id(login)), until), NOW);
    }

    /** Ends a login whose tokens are dead, so that it may be forgotten at once. */
    @Operation
    public void revokeInThePast() {
        store.revoke(Revocation.ofLogin(new LoginId(id(3)), NOW.minusSeconds(60)), NOW);
    }

    @Operation
    public boolean isRevoked(@Param(name = "login") int login) {
        return store.isRevoked(login(login, Long.MAX_VALUE));
    }

    @Operation
    public long endAll() {
        return store.raiseEpoch(USER, 0, NOW, NOW.plusSeconds(600)) - first;
    }

    /** Whether the logins of an earlier epoch have ended. */
    @Operation
    public boolean haveEnded() {
        return store.isRevoked(login(4, first));
    }

    @Test
    void revocations_inAnyOrder_areNeverLost() {
        Interleavings.check(MemoryRevocationStoreInterleavingsTest.class, 3);
    }
}
