package dev.gateline.near;

import dev.gateline.AuthListener;
import dev.gateline.interleavings.Interleavings;
import dev.gateline.kit.Rows;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;
import dev.gateline.store.Written;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A row is changed by another node while this node reads it. This node never keeps the row from before the change. */
@Tag("slow")
@Tag("once")
public class NearLoginsInterleavingsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final LoginRow ROW = Rows.of("ada");

    private final LoginStore store;
    private final NearLogins near;
    private long version = ROW.version();

    /** Puts a row into the store. This node has no copy of it, and would trust one. */
    public NearLoginsInterleavingsTest() {
        Storage storage = Storage.inMemory(10);
        store = storage.logins();
        if (!store.insert(ROW, 10, Set.of(), NOW)) {
            throw new AssertionError("the store is full");
        }
        Freshness freshness = new Freshness(HOUR, false, CLOCK, AuthListener.none());
        RevocationStore revocations = storage.revocations();
        Clocks clocks = new Clocks(CLOCK, AuthListener.none(), System::nanoTime);
        Continuity continuity = new Continuity(revocations, clocks, CLOCK, AuthListener.none(), System::nanoTime);
        near = new NearLogins(store, freshness, continuity, id -> false, 10, System::nanoTime);
        freshness.proveAsOf(System.nanoTime());
    }

    @Operation
    public long find() {
        return near.find(ROW.id()).map(LoginRow::version).orElse(-1L);
    }

    @Operation
    public long findAuthoritative() {
        return near.findAuthoritative(ROW.id()).map(LoginRow::version).orElse(-1L);
    }

    /** Another node writes the row, and the feed tells of it. */
    @Operation(nonParallelGroup = "feed")
    public Written change() {
        long next = version + 1;
        LoginRow row = new LoginRow(ROW.id(), ROW.realm(), ROW.subject(), next, ROW.lastSeenAt(), ROW.state());
        Written written = store.replace(row, version, NOW);
        version = next;
        near.changed(ROW.id());
        return written;
    }

    @Operation(nonParallelGroup = "feed")
    public void gap() {
        near.forgetAll();
    }

    @Test
    void copies_readBesideAChange_areNeverOlderThanAChangeThatWasTold() {
        Interleavings.check(
                NearLoginsInterleavingsTest.class, 2, "com.github.benmanes.caffeine.", "dev.gateline.store.Memory");
    }
}
