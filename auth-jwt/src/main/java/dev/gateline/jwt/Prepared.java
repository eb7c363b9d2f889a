package dev.gateline.jwt;

import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Objects of the JCA that have their key. Only one thread at a time may use such an object, and a new one costs as much
 * as a fast signature, because its provider is looked for, and the key is translated for it. A few idle objects are
 * therefore kept, by the number of the thread. The JCA promises that an object which has signed or checked is ready for
 * the next time. Thread-safe; takes no lock.
 *
 * @param <T> the type of the objects
 */
final class Prepared<T> {
    /** A power of two, and enough that threads which run at the same time rarely have the same place. */
    private static final int PLACES =
            4 * Integer.highestOneBit(Runtime.getRuntime().availableProcessors());

    private final AtomicReferenceArray<@Nullable T> idle = new AtomicReferenceArray<>(PLACES);
    private final Callable<T> maker;

    private Prepared(Callable<T> maker) {
        this.maker = maker;
    }

    /** A function that makes an object with its key. */
    interface Maker<T> extends Callable<T> {
        @Override
        T call() throws GeneralSecurityException;
    }

    /**
     * Makes the first object.
     *
     * @throws GeneralSecurityException if it can't be made
     */
    static <T> Prepared<T> of(Maker<T> maker) throws GeneralSecurityException {
        Prepared<T> prepared = new Prepared<>(maker);
        prepared.giveBack(maker.call());
        return prepared;
    }

    /** Makes the first object when it is needed. */
    static <T> Prepared<T> later(Maker<T> maker) {
        return new Prepared<>(maker);
    }

    /**
     * Returns an object for the caller alone.
     *
     * @throws IllegalStateException if there is no idle one and none can be made
     */
    T take() {
        T free = idle.getAndSet(place(), null);
        if (free != null) {
            return free;
        }
        try {
            return maker.call();
        } catch (Exception | LinkageError e) {
            // without the cause, whose message could quote the key
            throw new IllegalStateException(
                    "the provider of a key can't use it now: " + e.getClass().getName());
        }
    }

    /** Keeps an object for the next caller. An object that has thrown an exception is not given back. */
    void giveBack(T object) {
        idle.set(place(), object);
    }

    private static int place() {
        return (int) Thread.currentThread().getId() & (PLACES - 1);
    }
}
