package dev.gateline.internal;

import java.util.Collection;
import java.util.function.Consumer;

/** Does something with each of many things. One that fails does not keep the others from it. */
public final class Each {
    private Each() {}

    /**
     * Runs an action for each.
     *
     * @throws RuntimeException the first failure, with the others as suppressed
     */
    public static <T> void of(Collection<T> all, Consumer<T> action) {
        RuntimeException first = null;
        for (T each : all) {
            try {
                action.accept(each);
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
