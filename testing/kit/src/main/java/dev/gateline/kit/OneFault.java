package dev.gateline.kit;

import dev.gateline.store.ChangeFeed;
import dev.gateline.store.LoginStore;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes one call to a storage or a feed fail. It counts only the calls of the thread that runs the action. Calls of
 * other threads succeed. Thread-safe, for one action at a time.
 */
final class OneFault {
    private static final Set<String> UNCOUNTED = Set.of("subscribe", "close", "provenWithin");

    private volatile @Nullable Watch watch;

    /** A call that is about to be made. */
    static final class Call {
        private final Object target;
        private final Method method;
        private final Object[] arguments;

        private Call(Object target, Method method, Object[] arguments) {
            this.target = target;
            this.method = method;
            this.arguments = arguments;
        }

        String verb() {
            return method.getName();
        }

        @Nullable
        Object proceed() throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    /** The effect that replaces a call. */
    interface Strike {
        @Nullable
        Object instead(Call call) throws Throwable;
    }

    private record Watch(Thread thread, List<String> verbs, int struck, Strike strike) {
        @Nullable
        Object take(Call call) throws Throwable {
            verbs.add(call.verb());
            return verbs.size() - 1 == struck ? strike.instead(call) : call.proceed();
        }
    }

    /** Runs an action without a fault, and returns the names of the methods that it called. */
    List<String> callsOf(Runnable action) {
        List<String> verbs = new ArrayList<>();
        run(action, new Watch(Thread.currentThread(), verbs, -1, Call::proceed));
        return verbs;
    }

    /** Runs an action, one call of which fails, and returns the exception of the action. Calls are counted from 0. */
    Optional<RuntimeException> strike(int call, Strike strike, Runnable action) {
        try {
            run(action, new Watch(Thread.currentThread(), new ArrayList<>(), call, strike));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }

    private void run(Runnable action, Watch next) {
        watch = next;
        try {
            action.run();
        } finally {
            watch = null;
        }
    }

    /** Puts the fault in front of a storage. */
    Storage around(Storage storage) {
        return Storage.of(
                around(LoginStore.class, storage.logins()), around(RevocationStore.class, storage.revocations()));
    }

    /** Puts the fault in front of a feed, whose publications may fail. */
    ChangeFeed around(ChangeFeed feed) {
        return around(ChangeFeed.class, feed);
    }

    private <T> T around(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        method.getName().equals("authoritative") ? proxy : make(new Call(target, method, arguments))));
    }

    private @Nullable Object make(Call call) throws Throwable {
        Watch now = watch;
        return now != null && now.thread() == Thread.currentThread() && !UNCOUNTED.contains(call.verb())
                ? now.take(call)
                : call.proceed();
    }
}
