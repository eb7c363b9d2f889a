package dev.gateline.nodes;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginRefusedException;
import dev.gateline.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Makes calls, and writes down what they were answered. Thread-safe. */
final class Caller {
    private final Promises promises;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();

    Caller(Promises promises) {
        this.promises = promises;
    }

    /**
     * Makes a call.
     *
     * @param histories of the logins that it is about
     * @return the answer; empty if there was none, so that nobody knows whether anything was done
     */
    <T> Optional<T> call(List<History> histories, Node node, String what, Supplier<T> call) {
        long began = System.nanoTime();
        Optional<T> answer = Optional.empty();
        String said;
        try {
            answer = Optional.of(call.get());
            said = said(answer.get());
            answered.incrementAndGet();
        } catch (AuthUnavailableException e) {
            said = "no answer, " + e.getMessage();
            unanswered.incrementAndGet();
        } catch (LoginRefusedException e) {
            said = "no room";
            answered.incrementAndGet();
        } catch (RuntimeException e) {
            said = "failed with " + e;
            if (!node.isClosing()) {
                promises.failed(histories, e);
            }
        }
        for (History history : histories) {
            history.add(began, node, what, said);
        }
        return answer;
    }

    <T> Optional<T> call(KnownLogin login, Node node, String what, Supplier<T> call) {
        return call(List.of(login.history()), node, what, call);
    }

    private static String said(Object answer) {
        if (answer instanceof Outcome<?> outcome) {
            return outcome.fold(value -> value instanceof Long ? "accepted, " + value : "accepted", Enum::name);
        }
        return answer instanceof Boolean ? answer.toString() : "done";
    }

    int answered() {
        return answered.get();
    }

    int unanswered() {
        return unanswered.get();
    }
}
