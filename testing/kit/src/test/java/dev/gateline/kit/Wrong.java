package dev.gateline.kit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A way to break one promise of a contract.
 *
 * @param <S> what the contract is for
 */
interface Wrong<S> {

    /** The name of the contract's test that must catch it. */
    String caughtBy();

    /** Breaks the promise. */
    S around(S right);

    /** Lets threads overtake each other at a place that needs a lock. */
    static void meet(CountDownLatch others) {
        others.countDown();
        await(others);
    }

    /** Waits for another thread. */
    static void await(CountDownLatch other) {
        try {
            if (!other.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no other thread has come");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
