package dev.gateline.nodes;

import dev.gateline.store.RevocationStore;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often nodes read all live revocations. Thread-safe. */
final class ReadingsCounted {
    private final AtomicInteger readings = new AtomicInteger();

    SharedStorage in(SharedStorage storage) {
        RevocationStore revocations = storage.revocations();
        RevocationStore counted = (RevocationStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RevocationStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("forEachLive")) {
                        readings.incrementAndGet();
                    }
                    try {
                        return method.invoke(revocations, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return SharedStorage.announcing(Storage.of(storage.logins(), counted), storage.feed());
    }

    int count() {
        return readings.get();
    }
}
