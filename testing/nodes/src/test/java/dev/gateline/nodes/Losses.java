package dev.gateline.nodes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * When a server acknowledged what it, or its successor, has forgotten. Times are of {@link System#nanoTime()}.
 * Thread-safe.
 */
final class Losses {
    /** The lag of a replica on a busy machine, and the time of an answer that is still on its way. */
    private static final long LAG = TimeUnit.SECONDS.toNanos(2);

    private final List<Window> windows = new CopyOnWriteArrayList<>();

    /** Everything from the beginning on may be lost, if {@code all}. */
    static final class Window {
        private final boolean all;
        private final long from = System.nanoTime() - LAG;
        private volatile boolean open = true;
        private volatile long until;

        private Window(boolean all) {
            this.all = all;
        }

        void close() {
            until = System.nanoTime() + LAG;
            open = false;
        }

        private boolean covers(long written) {
            return (all || written - from > 0) && (open || until - written > 0);
        }
    }

    /** Writes may be lost from now on. */
    Window open() {
        return open(false);
    }

    /** All that was ever written is about to be lost. */
    Window openForAll() {
        return open(true);
    }

    private Window open(boolean all) {
        Window window = new Window(all);
        windows.add(window);
        return window;
    }

    /**
     * Whether a write may have been lost.
     *
     * @param written when it was acknowledged
     */
    boolean mayCover(long written) {
        return windows.stream().anyMatch(window -> window.covers(written));
    }
}
