package dev.gateline.kit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts several actions at the same instant. */
public final class Race {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(Integer.getInteger("gateline.kit.race.seconds", 1));

    /** Long enough for a slow machine that does other work, and short enough to report actions that wait for ever. */
    private static final long LONGEST = 60;

    private Race() {}

    /**
     * Repeats a race, because a faulty store rarely loses the first one. A slow store runs fewer rounds: no round
     * begins after one second, but one round in ten always takes place. The system property
     * {@code gateline.kit.race.seconds} sets another number of seconds.
     *
     * @param rounds how many rounds a fast store runs
     * @param round a race and the checks of its result
     */
    public static void repeat(int rounds, Runnable round) {
        long begun = System.nanoTime();
        for (int i = 0; i < rounds && (i <= rounds / 10 || System.nanoTime() - begun < PATIENCE); i++) {
            round.run();
        }
    }

    /**
     * Runs each action on a thread of its own.
     *
     * @return the results in the order of the actions
     * @throws AssertionError if one of them throws, or takes longer than a minute
     */
    @SafeVarargs
    public static <T> List<T> run(Callable<T>... actions) {
        List<Callable<T>> all = new ArrayList<>();
        for (Callable<T> action : actions) {
            all.add(action);
        }
        return run(all);
    }

    /** Runs one action on several threads. */
    public static <T> List<T> run(int threads, Callable<T> action) {
        return run(Collections.nCopies(threads, action));
    }

    private static <T> List<T> run(List<Callable<T>> actions) {
        ExecutorService threads = Executors.newFixedThreadPool(actions.size());
        CyclicBarrier start = new CyclicBarrier(actions.size());
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> action : actions) {
                futures.add(threads.submit(() -> {
                    start.await(LONGEST, TimeUnit.SECONDS);
                    return action.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(LONGEST, TimeUnit.SECONDS));
            }
            return results;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("a racing action failed", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
