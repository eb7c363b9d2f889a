package dev.gateline.kit;

import dev.gateline.LoginId;
import dev.gateline.store.LoginStore;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes a storage fail, or wait, when told to. Thread-safe. */
public final class Faults {
    private static final List<String> WRITES = List.of("insert", "replace", "touch", "delete", "revoke", "raiseEpoch");

    private static final List<String> ASK_MEMORY = List.of("findInMemory", "mayBeRevoked");
    private static final String NO_METHOD = "none";

    private volatile Mode mode = Mode.NONE;
    private final AtomicInteger callsUntilFault = new AtomicInteger(Integer.MAX_VALUE);
    private volatile String failing = "";
    private volatile Hold hold = new Hold(NO_METHOD);

    private enum Mode {
        NONE,
        DOWN,
        FAILS_AFTER_WRITING
    }

    /** The exception of a broken store, which is not one of Gateline's own. */
    public static final class BrokenStoreException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenStoreException() {
            super("the store is broken, as it was told to be");
        }
    }

    /** A call that waits in front of the store until the test releases it, like a slow store or a write in flight. */
    public static final class Hold {
        private final String verb;
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        private Hold(String verb) {
            this.verb = verb;
        }

        /** Waits until a call is held. */
        public void awaitArrival() {
            await(arrived, "no call of " + verb + " has come");
        }

        /** Releases the held call and all calls that follow. */
        public void release() {
            released.countDown();
        }

        private boolean isOver() {
            return released.getCount() == 0;
        }

        private void pass() {
            arrived.countDown();
            await(released, "a held call of " + verb + " was never released");
        }

        private static void await(CountDownLatch latch, String otherwise) {
            try {
                if (!latch.await(20, TimeUnit.SECONDS)) {
                    throw new AssertionError(otherwise);
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Creates a storage that does not fail yet. */
    public Faults() {}

    /** Makes every call fail before it does anything. */
    public void down() {
        mode = Mode.DOWN;
    }

    /** Makes every write fail after it was carried out, as if its answer was lost. */
    public void failAfterWriting() {
        mode = Mode.FAILS_AFTER_WRITING;
    }

    /**
     * Makes one call fail before it does anything.
     *
     * @param calls how many calls succeed before it
     */
    public void failOnceAfter(int calls) {
        callsUntilFault.set(calls);
    }

    /**
     * Makes every call of a method fail before it does anything.
     *
     * @param verb the method's name, such as {@code delete}
     */
    public void failAlways(String verb) {
        failing = verb;
    }

    /** Whether the fault of {@link #failOnceAfter} has not happened yet. */
    public boolean isPending() {
        return callsUntilFault.get() >= 0 && callsUntilFault.get() != Integer.MAX_VALUE;
    }

    /** Ends all faults. */
    public void none() {
        mode = Mode.NONE;
        failing = "";
        callsUntilFault.set(Integer.MAX_VALUE);
    }

    /**
     * Holds the next calls of a method in front of the store.
     *
     * @param verb the method's name, such as {@code replace}
     */
    public Hold hold(String verb) {
        Hold next = new Hold(verb);
        hold = next;
        return next;
    }

    /**
     * Puts these faults in front of a storage.
     *
     * @param storage the storage that does the work
     */
    public Storage around(Storage storage) {
        return new Faulty(storage);
    }

    private final class Faulty implements Storage {
        private final Storage storage;
        private final LoginStore logins;
        private final RevocationStore revocations;
        private final Map<Storage, Storage> parts = new LinkedHashMap<>();

        Faulty(Storage storage) {
            this.storage = storage;
            logins = around(LoginStore.class, storage.logins());
            revocations = around(RevocationStore.class, storage.revocations());
            storage.parts().forEach(part -> parts.put(part, part.equals(storage) ? this : new Faulty(part)));
        }

        @Override
        public LoginStore logins() {
            return logins;
        }

        @Override
        public RevocationStore revocations() {
            return revocations;
        }

        @Override
        public LoginId newLoginId(String realm, String subject) {
            return storage.newLoginId(realm, subject);
        }

        @Override
        public Storage partOf(LoginId id) {
            return Objects.requireNonNull(parts.get(storage.partOf(id)), "one of the parts");
        }

        @Override
        public List<Storage> parts() {
            return List.copyOf(parts.values());
        }
    }

    private <T> T around(Class<T> type, T store) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> isWithoutMemory() && ASK_MEMORY.contains(method.getName())
                        ? InvocationHandler.invokeDefault(proxy, method, args)
                        : call(store, method, args)));
    }

    /** Nothing of a store that fails or waits is in memory, unless its memory is what fails. */
    private boolean isWithoutMemory() {
        boolean holds = !hold.verb.equals(NO_METHOD) && !hold.isOver();
        boolean fails = !failing.isEmpty() && !ASK_MEMORY.contains(failing);
        return mode == Mode.FAILS_AFTER_WRITING || fails || isPending() || holds;
    }

    private Object call(Object store, Method method, Object[] args) throws Throwable {
        if (mode == Mode.DOWN || is(failing, method) || isTheOne()) {
            throw new BrokenStoreException();
        }
        Hold held = hold;
        if (is(held.verb, method)) {
            held.pass();
        }
        Object result;
        try {
            result = method.invoke(store, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (mode == Mode.FAILS_AFTER_WRITING && WRITES.stream().anyMatch(verb -> is(verb, method))) {
            throw new BrokenStoreException();
        }
        return result;
    }

    /** Whether a call is of a method. A call for many rows counts too: {@code touchAll} for {@code touch}. */
    private static boolean is(String verb, Method method) {
        return method.getName().equals(verb) || method.getName().equals(verb + "All");
    }

    private boolean isTheOne() {
        int left = callsUntilFault.getAndUpdate(n -> n == Integer.MAX_VALUE || n < 0 ? n : n - 1);
        return left == 0;
    }
}
