package dev.gateline.store;

import dev.gateline.interleavings.Interleavings;
import dev.gateline.kit.Rows;
import java.time.Instant;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two logins of one user, of whom there may be only one at a time. */
@Param(name = "login", gen = IntGen.class, conf = "0:1")
@Tag("slow")
@Tag("once")
public class MemoryLoginStoreInterleavingsTest {
    private static final Instant NOW = Rows.NOW;
    private static final LoginRow[] ROWS = {Rows.of("ada"), Rows.of("ada")};

    private final LoginStore store = Storage.inMemory(10).logins();

    /** Begins with one of them. */
    public MemoryLoginStoreInterleavingsTest() {
        if (!store.insert(row(0, 1), 1, Set.of(), NOW)) {
            throw new AssertionError("the store is full");
        }
    }

    private static LoginRow row(int login, int version) {
        LoginRow row = ROWS[login];
        return new LoginRow(row.id(), row.realm(), row.subject(), version, row.lastSeenAt(), row.state());
    }

    @Operation
    public boolean insert(@Param(name = "login") int login) {
        return store.find(ROWS[login].id()).isEmpty() && store.insert(row(login, 1), 1, Set.of(), NOW);
    }

    @Operation
    public long find(@Param(name = "login") int login) {
        return store.find(ROWS[login].id()).map(LoginRow::version).orElse(0L);
    }

    @Operation
    public Written replaceFirst() {
        return store.replace(row(0, 2), 1, NOW);
    }

    @Operation
    public Written delete(@Param(name = "login") int login) {
        return store.delete(ROWS[login].id());
    }

    @Test
    void rows_inAnyOrder_areAsOneAfterAnother() {
        Interleavings.check(
                MemoryLoginStoreInterleavingsTest.class, 2, "dev.gateline.store.LoginKey", "dev.gateline.internal.");
    }
}
