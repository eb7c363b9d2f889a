package dev.gateline.kit;

import dev.gateline.store.KeyRingStore;

class MemoryKeyRingsTest extends KeyRingStoreContract {
    private final MemoryKeyRings rings = new MemoryKeyRings();

    @Override
    protected KeyRingStore connect(String name) {
        return rings.apply(name);
    }
}
