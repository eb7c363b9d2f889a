package dev.gateline.benchmarks;

import dev.gateline.Credential;
import dev.gateline.LoginId;
import dev.gateline.internal.Secrets;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.JwtVerifier;
import dev.gateline.jwt.KeyRing;
import dev.gateline.store.Revocation;
import dev.gateline.store.Storage;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** How much heap one of many takes: the difference that they make, garbage collected. */
final class Footprint {
    private static final int MANY = 100_000;

    /** Fewer than the cache of a verifier holds. */
    private static final int CACHED = 20_000;

    /** Fewer than the tickets that are remembered. */
    private static final int USED = 10_000;

    private final List<Row> rows = new ArrayList<>();
    private final int count;

    private Footprint(int count) {
        this.count = count;
    }

    /** Measures all. */
    static List<Row> measure() throws Exception {
        Footprint footprint = new Footprint(Run.isShort() ? 1_000 : MANY);
        // first what is smallest: what others leave behind goes some time, and would be missing here
        footprint.gateline();
        footprint.sessions();
        Footprint used = new Footprint(Run.isShort() ? 1_000 : USED);
        used.inUse(SessionLibrary.GATELINE);
        used.inUse(SessionLibrary.GATELINE_REDIS);
        footprint.rows.addAll(used.rows);
        return footprint.rows;
    }

    private void sessions() throws Exception {
        for (SessionLibrary library : SessionLibrary.values()) {
            boolean isSaid = library.where().equals("memory") && library != SessionLibrary.SPRING_MAP_FIND;
            if (isSaid) {
                try (Place place = new Place()) {
                    SessionLibrary.Sessions sessions = library.open(place);
                    measure("a session, " + library.title(), sessions, sessions::begin);
                }
            }
        }
    }

    /** With what is remembered of those in use. */
    private void inUse(SessionLibrary library) throws Exception {
        try (Place place = new Place()) {
            SessionLibrary.Sessions sessions = library.open(place);
            String what = "a session in use, kept in " + library.where() + ", " + library.title();
            measure(what, sessions, i -> sessions.find(sessions.begin(i)));
        }
    }

    private void gateline() {
        Storage storage = Storage.inMemory(Integer.MAX_VALUE);
        KeyRing keys = KeyRing.generate(Algorithm.HS256);
        JwtAuthenticator issuer = JwtAuthenticator.builder(storage, keys)
                .issuer(Sample.ISSUER)
                .audience(Sample.AUDIENCE)
                .build();
        byte[][] tokens = new byte[Math.min(count, CACHED)][];
        // its cache of issued tokens is full then, and takes no more
        for (int i = 0; i < count; i++) {
            String token = issuer.login(Sample.user(i)).access().reveal();
            tokens[i % tokens.length] = token.getBytes(StandardCharsets.ISO_8859_1);
        }
        measure("a refresh token's row, Gateline", storage, i -> issuer.login(Sample.user(count + i)));
        JwtVerifier verifier = JwtVerifier.builder(keys)
                .issuer(Sample.ISSUER)
                .audience(Sample.AUDIENCE)
                .revocations(storage.revocations())
                .build();
        Instant now = Instant.now();
        measure(
                "a revocation, Gateline",
                storage,
                i -> storage.revocations()
                        .revoke(Revocation.ofLogin(new LoginId(Secrets.id()), now.plusSeconds(3600)), now));
        Footprint cached = new Footprint(tokens.length);
        cached.measure(
                "a token in the cache, with its text, Gateline",
                verifier,
                i -> verifier.authenticate(Credential.of(new String(tokens[i], StandardCharsets.ISO_8859_1))));
        rows.addAll(cached.rows);
    }

    private void measure(String what, Object holder, IntConsumer one) {
        long before = heap();
        for (int i = 0; i < count; i++) {
            one.accept(i);
        }
        long after = heap();
        if (holder.hashCode() == 0) {
            throw new IllegalStateException("never so; it must not be collected before it is measured");
        }
        double each = (after - before) / (double) count;
        rows.add(Row.single("Footprint", what, Math.rint(each), "bytes"));
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            ManagementFactory.getMemoryMXBean().gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
