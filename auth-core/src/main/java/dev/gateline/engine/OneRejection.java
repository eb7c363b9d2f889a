package dev.gateline.engine;

import dev.gateline.Outcome;
import dev.gateline.Outcome.Rejected;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits the events of one request to one rejection. A carrier may present several credentials until one is good, and
 * only the last answer counts. It applies to one thread.
 */
public final class OneRejection {
    private static final ThreadLocal<@Nullable OneRejection> CURRENT = new ThreadLocal<>();

    private @Nullable Runnable held;

    private OneRejection() {}

    /**
     * Answers a request. Events of rejections wait for the outcome. If the outcome is a rejection, the last event is
     * reported.
     *
     * @param request may ask several authenticators
     * @return its outcome
     */
    public static <T> Outcome<T> of(Supplier<Outcome<T>> request) {
        if (CURRENT.get() != null) {
            return request.get();
        }
        OneRejection own = new OneRejection();
        CURRENT.set(own);
        Outcome<T> outcome;
        try {
            outcome = request.get();
        } finally {
            CURRENT.remove();
        }
        Runnable last = own.held;
        if (last != null && outcome instanceof Rejected<T>) {
            last.run();
        }
        return outcome;
    }

    /**
     * Reports a rejection, now or when the outcome of the request is known.
     *
     * @param telling reports the rejection
     */
    public static void tell(Runnable telling) {
        OneRejection current = CURRENT.get();
        if (current == null) {
            telling.run();
        } else {
            current.held = telling;
        }
    }
}
