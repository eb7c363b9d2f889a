package dev.gateline.store;

import dev.gateline.kit.Rows;
import java.time.Instant;
import java.util.Set;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Rows in memory, and parts of them, which several threads read while one changes them. */
public final class RowStress {
    private static final Instant NOW = Rows.NOW;
    private static final Instant LATER = NOW.plusSeconds(90);
    private static final LoginRow FIRST = Rows.of("ada");
    private static final LoginRow SECOND =
            FIRST.next(FIRST.state().toBuilder().client("another").build(), NOW);

    private RowStress() {}

    private static LoginStore store() {
        LoginStore store = Storage.inMemory(2).logins();
        if (!store.insert(FIRST, 1, Set.of(), NOW)) {
            throw new AssertionError("the store is full");
        }
        return store;
    }

    /** Version and state of a row belong to the same write. */
    @JCStressTest
    @Outcome(id = "first", expect = Expect.ACCEPTABLE, desc = "before the row is replaced")
    @Outcome(id = "second", expect = Expect.ACCEPTABLE, desc = "after it is replaced")
    @State
    public static class Replaced {
        private final LoginStore store = store();

        @Actor
        public void replace() {
            store.replace(SECOND, FIRST.version(), NOW);
        }

        @Actor
        public void find(L_Result result) {
            LoginRow row = store.find(FIRST.id()).orElseThrow();
            result.r1 = row.equals(FIRST) ? "first" : row.equals(SECOND) ? "second" : "a part of each";
        }
    }

    /** The time of the last use does not go back when the row is replaced by one with an earlier use. */
    @JCStressTest
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "it was used before")
    @State
    public static class Used {
        private final LoginStore store = store();

        /** Begins with a use. */
        public Used() {
            store.touch(FIRST.id(), LATER);
        }

        @Actor
        public void replace() {
            store.replace(SECOND, FIRST.version(), NOW);
        }

        @Actor
        public void find(ZZ_Result result) {
            result.r1 = isUsed();
            result.r2 = isUsed();
        }

        private boolean isUsed() {
            return store.find(FIRST.id()).orElseThrow().lastSeenAt().equals(LATER);
        }
    }

    /** The key of a user's logins is the same for all threads that ask first. */
    @JCStressTest
    @Outcome(id = "park ada, park ada", expect = Expect.ACCEPTABLE, desc = "the key")
    @State
    public static class Key {
        private final Revocable login = new Revocable("park", "", "login", "ada", 1);

        @Actor
        public void one(LL_Result result) {
            result.r1 = login.subjectKey();
        }

        @Actor
        public void other(LL_Result result) {
            result.r2 = login.subjectKey();
        }
    }
}
