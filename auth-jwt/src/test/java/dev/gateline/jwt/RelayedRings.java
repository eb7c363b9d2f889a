package dev.gateline.jwt;

import dev.gateline.kit.MutableClock;
import dev.gateline.store.Storage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Nodes with a ring whose signatures are a relay's, over one store and by one clock. It keeps what they log. */
final class RelayedRings implements BeforeEachCallback, AfterEachCallback {
    private final Logger log = Logger.getLogger(RingKeeper.class.getName());
    private final List<String> logged = new CopyOnWriteArrayList<>();
    final MutableClock clock = new MutableClock();
    final MemoryKeyRingStore store = new MemoryKeyRingStore();
    final RelayProvider relay = new RelayProvider("SHA256withECDSA");

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            Throwable thrown = entry.getThrown();
            logged.add(entry.getLevel() + " " + (thrown == null ? entry.getMessage() : thrown.getMessage()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Override
    public void beforeEach(ExtensionContext test) {
        log.setUseParentHandlers(false);
        log.addHandler(handler);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        log.removeHandler(handler);
        log.setUseParentHandlers(true);
    }

    /** The lines of the log: the level, and the message of the exception or of the line. */
    List<String> logged() {
        return logged;
    }

    KeyRingBuilder inMemory() {
        return KeyRing.builder(Algorithm.ES256)
                .signatures(SignatureProvider.only(relay))
                .clock(clock);
    }

    KeyRingBuilder stored() {
        return inMemory().store(store);
    }

    /** The ring of a node that has the platform's signatures. */
    KeyRingBuilder ofThePlatform(Algorithm algorithm) {
        return KeyRing.builder(algorithm).store(store).clock(clock);
    }

    JwtAuthenticator gate(KeyRing keys) {
        return JwtAuthenticator.builder(Storage.inMemory(100), keys)
                .issuer("https://park.example")
                .audience("park-api")
                .clock(clock)
                .build();
    }

    static String activeId(KeyRing ring) {
        return ring.active().verification().id();
    }
}
