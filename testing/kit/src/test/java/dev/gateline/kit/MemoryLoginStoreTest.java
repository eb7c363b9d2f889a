package dev.gateline.kit;

import dev.gateline.store.LoginStore;
import dev.gateline.store.Storage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

class MemoryLoginStoreTest extends BoundedLoginStoreContract {
    private final AtomicLong hours = new AtomicLong();

    @Override
    protected LoginStore store(int capacity) {
        return Storage.inMemory(capacity, () -> TimeUnit.HOURS.toNanos(hours.incrementAndGet()))
                .logins();
    }
}
