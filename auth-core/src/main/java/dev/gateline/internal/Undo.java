package dev.gateline.internal;

import java.util.function.Supplier;

/** Undoes the first step of an action whose later step fails, and keeps the first failure. */
public final class Undo {
    private Undo() {}

    /**
     * Runs an action. If it fails, runs another one as far as possible.
     *
     * @param action the action
     * @param undo undoes the action, or makes up for it; its own failure is added to the first one as suppressed
     * @return the result of the action
     * @throws RuntimeException the failure of the action
     */
    public static <T> T onFailure(Supplier<T> action, Runnable undo) {
        try {
            return action.get();
        } catch (RuntimeException e) {
            try {
                undo.run();
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /**
     * Runs an action without a result, as {@link #onFailure(Supplier, Runnable)} does.
     *
     * @param action the action
     * @param undo undoes the action, or makes up for it
     */
    public static void onFailure(Runnable action, Runnable undo) {
        Runnable unused = onFailure(
                () -> {
                    action.run();
                    return action;
                },
                undo);
    }
}
