package dev.gateline.engine;

import dev.gateline.AuthListener;
import dev.gateline.interleavings.Interleavings;
import dev.gateline.kit.Rows;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Storage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Requests note uses of a login while the notes are written. The last use that this node knows is the latest one at any
 * time, and once all tasks have run the store has it.
 */
@Param(name = "second", gen = IntGen.class, conf = "1:3")
@Tag("slow")
@Tag("once")
public class LastUsesInterleavingsTest {
    private static final Instant NOW = Rows.NOW;
    private static final LoginRow ROW = Rows.of("ada");

    private final LoginStore store = Storage.inMemory(10).logins();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final LastUses uses = new LastUses(
            store,
            Duration.ZERO,
            Duration.ZERO,
            new Reporter(Clock.fixed(NOW, ZoneOffset.UTC), AuthListener.none()),
            new Later());
    private final AtomicInteger known = new AtomicInteger();
    private volatile boolean wentBack;

    /** Leaves the tasks to the operations of this model, instead of a thread of its own. */
    private final class Later extends AbstractExecutorService {
        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }

    /** Puts the row of the login into the store. */
    public LastUsesInterleavingsTest() {
        if (!store.insert(ROW, 1, Set.of(), NOW)) {
            throw new AssertionError("the store is full");
        }
    }

    @Operation
    public void note(@Param(name = "second") int second) {
        uses.note(ROW.id(), NOW.plusSeconds(second), false);
        known.accumulateAndGet(second, Math::max);
    }

    /** The writer runs a task, this one or an earlier one. */
    @Operation
    public void noteAndWrite(@Param(name = "second") int second) {
        note(second);
        runTask();
    }

    /** Asks for the note before the store, as a request does. */
    @Operation
    public int lastUse() {
        int before = known.get();
        Instant noted = uses.of(ROW.id());
        int lastUse = secondOf(store.find(ROW.id()).orElseThrow().seen(noted));
        if (lastUse < before) {
            wentBack = true;
        }
        known.accumulateAndGet(lastUse, Math::max);
        return lastUse;
    }

    private static int secondOf(LoginRow row) {
        return (int) Duration.between(NOW, row.lastSeenAt()).toSeconds();
    }

    private void runTask() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
    }

    /** Runs the tasks that are left. */
    @Validate
    public void allIsWrittenAndNothingWentBack() {
        while (!tasks.isEmpty()) {
            runTask();
        }
        int stored = secondOf(store.find(ROW.id()).orElseThrow());
        if (wentBack || stored != known.get() || !uses.all().isEmpty()) {
            throw new AssertionError("known: " + known + ", stored: " + stored + ", left: " + uses.all()
                    + (wentBack ? "; a request saw an earlier use than one before" : ""));
        }
    }

    @Test
    void notes_besideWrites_areNeitherLostNorGoBack() {
        Interleavings.check(
                LastUsesInterleavingsTest.class, 2, "dev.gateline.store.Memory", "java.time.", "java.util.concurrent.");
    }

    /** The map of notes counts an entry after it has added it. */
    @Test
    void notes_betweenTheStepsOfTheMap_countAtOnce() {
        Interleavings.check(LastUsesInterleavingsTest.class, 2, "dev.gateline.store.Memory");
    }
}
