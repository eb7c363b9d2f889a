package dev.gateline.near;

import dev.gateline.AuthListener;
import dev.gateline.LoginId;
import dev.gateline.interleavings.Interleavings;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A login has ended at the store. A node that hears of it, and proves that it has, never accepts the login. */
@Tag("slow")
@Tag("once")
public class NearRevocationsInterleavingsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String ID = "A".repeat(22);

    private final RevocationStore store = Storage.inMemory(1).revocations();
    private final Freshness freshness = new Freshness(HOUR, false, CLOCK, AuthListener.none());
    private final NearRevocations near;
    private final Revocable login;
    private final Revocation ending = Revocation.ofLogin(new LoginId(ID), NOW.plus(HOUR));

    /** Ends the login at the store, before this node has heard of anything. */
    public NearRevocationsInterleavingsTest() {
        Clocks clocks = new Clocks(CLOCK, AuthListener.none(), System::nanoTime);
        Continuity continuity = new Continuity(store, clocks, CLOCK, AuthListener.none(), System::nanoTime);
        Endings endings = new Endings(HOUR, 100, System.nanoTime());
        near = new NearRevocations(store, endings, freshness, clocks, continuity, System::nanoTime);
        login = new Revocable("gs_", "", ID, "ada", near.epoch());
        store.revoke(ending, NOW);
    }

    @Operation
    public boolean isRevoked() {
        return near.isRevoked(login);
    }

    @Operation
    public boolean mayBeRevoked() {
        return near.mayBeRevoked(login);
    }

    /** The feed tells of the ending, and then that it has told of everything. */
    @Operation(nonParallelGroup = "feed")
    public void told() {
        near.heard(ending);
        freshness.proveAsOf(System.nanoTime());
    }

    @Operation(nonParallelGroup = "feed")
    public void lost() {
        freshness.forget();
    }

    @Test
    void endedLogin_heardInAnyOrder_isNeverAccepted() {
        Interleavings.check(NearRevocationsInterleavingsTest.class, 2, "dev.gateline.store.Memory");
    }
}
