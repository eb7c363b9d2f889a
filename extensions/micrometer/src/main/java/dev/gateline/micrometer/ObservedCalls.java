package dev.gateline.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes each call of a store an observation. It also counts the calls of each thread, for {@link TimedAuthenticator}.
 */
final class ObservedCalls implements InvocationHandler {
    private static final Set<String> ASK_NOTHING = Set.of("subscribe", "findInMemory", "mayBeRevoked");
    private static final ThreadLocal<int[]> ASKED = ThreadLocal.withInitial(() -> new int[1]);

    private final Object store;
    private final String part;
    private final ObservationRegistry registry;

    private ObservedCalls(Object store, String part, ObservationRegistry registry) {
        this.store = store;
        this.part = part;
        this.registry = registry;
    }

    static <T> T of(Class<T> type, T store, String part, ObservationRegistry registry) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new ObservedCalls(store, part, registry)));
    }

    /** The number of calls that this thread has made so far. */
    static int ofThisThread() {
        return ASKED.get()[0];
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        // nothing is asked of a store by these, or by equals, hashCode and toString
        if (method.getDeclaringClass() == Object.class || ASK_NOTHING.contains(method.getName())) {
            return call(method, arguments);
        }
        ASKED.get()[0]++;
        String operation = part + '.' + method.getName();
        Observation observation = Observation.createNotStarted("gateline.store", registry)
                .contextualName("gateline " + operation)
                .lowCardinalityKeyValue("operation", operation)
                .start();
        Observation.Scope scope = observation.openScope();
        try {
            return call(method, arguments);
        } catch (Throwable e) {
            observation.error(e);
            throw e;
        } finally {
            scope.close();
            observation.stop();
        }
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
