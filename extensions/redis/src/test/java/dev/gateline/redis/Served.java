package dev.gateline.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gateline.LoginId;
import dev.gateline.LoginLimit;
import dev.gateline.kit.Rows;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.KeyRingStore.Document;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.RateLimitStore;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Written;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every call that can be made to the stores of a storage, by name, for a subject that has one login. */
final class Served {
    private static final Instant NOW = Rows.NOW;
    private static final Instant UNTIL = NOW.plusSeconds(600);

    private Served() {}

    /** Each does what it should, in this order. */
    static Map<String, Runnable> calls(
            LoginStore logins, RevocationStore revocations, ChangeFeed feed, KeyRingStore ring) {
        LoginRow row = Rows.of("ada");
        LoginId id = row.id();
        LoginRow limited = Rows.of("ada");
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put(
                "insert",
                () -> assertThat(logins.insert(row, LoginLimit.UNLIMITED, Set.of(), NOW))
                        .isTrue());
        calls.put(
                "insert, limited",
                () -> assertThat(logins.insert(limited, 9, Set.of(), NOW)).isTrue());
        calls.put(
                "insert, at the limit",
                () -> assertThat(logins.insert(Rows.of("ada"), 2, Set.of(), NOW))
                        .isFalse());
        calls.put("find", () -> assertThat(logins.find(id)).contains(row));
        calls.put("find, none", () -> assertThat(logins.find(new LoginId("x"))).isEmpty());
        calls.put(
                "replace",
                () -> assertThat(logins.replace(Rows.next(row, row.lastSeenAt()), row.version(), NOW))
                        .isEqualTo(Written.DONE));
        calls.put(
                "replace, stale",
                () -> assertThat(logins.replace(Rows.next(row, row.lastSeenAt()), row.version(), NOW))
                        .isEqualTo(Written.STALE));
        calls.put(
                "touch", () -> assertThat(logins.touch(id, NOW.plusSeconds(9))).isEqualTo(Written.DONE));
        calls.put("touchAll", () -> {
            Map<LoginId, Instant> seenAt = Map.of(id, NOW.plusSeconds(99), new LoginId("x"), NOW);
            assertThat(logins.touchAll(seenAt, Duration.ofMinutes(1))).containsOnly(Map.entry(id, NOW.plusSeconds(99)));
        });
        calls.put(
                "touch, gone",
                () -> assertThat(logins.touch(new LoginId("x"), NOW)).isEqualTo(Written.GONE));
        calls.put(
                "findBySubject",
                () -> assertThat(logins.findBySubject("gs_", "ada")).hasSize(2));
        calls.put(
                "findBySubject, none",
                () -> assertThat(logins.findBySubject("gs_", "eve")).isEmpty());
        calls.put("delete", () -> assertThat(logins.delete(limited.id())).isEqualTo(Written.DONE));
        calls.put("delete, gone", () -> assertThat(logins.delete(limited.id())).isEqualTo(Written.GONE));
        calls.put("revoke a token", () -> revocations.revoke(Revocation.ofToken("t", UNTIL), NOW));
        calls.put("revoke a login", () -> revocations.revoke(Revocation.ofLogin(id, UNTIL), NOW));
        calls.put("revoke a subject", () -> revocations.revoke(Revocation.ofGroup("gs_ bob", 7, UNTIL), NOW));
        calls.put(
                "raiseEpoch",
                () -> assertThat(revocations.raiseEpoch("gs_ ada", 0, NOW, UNTIL))
                        .isPositive());
        calls.put("epoch", () -> assertThat(revocations.epoch()).isPositive());
        calls.put(
                "isRevoked",
                () -> assertThat(revocations.isRevoked(new Revocable("gs_", "t", "l", "x", 0)))
                        .isTrue());
        calls.put(
                "isRevoked, not",
                () -> assertThat(revocations.isRevoked(new Revocable("gs_", "", "l", "x", 0)))
                        .isFalse());
        calls.put("publish", () -> feed.publish(new Change.OfRow(id)));
        calls.put(
                "keyRing.now",
                () -> assertThat(ring.now(Instant.EPOCH)).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES)));
        calls.put("keyRing.load, none", () -> assertThat(ring.load()).isEmpty());
        calls.put(
                "keyRing.replace",
                () -> assertThat(ring.replace(new Document(1, "secret"), KeyRingStore.NONE))
                        .isEqualTo(Written.DONE));
        calls.put(
                "keyRing.replace, stale",
                () -> assertThat(ring.replace(new Document(2, "other"), KeyRingStore.NONE))
                        .isEqualTo(Written.STALE));
        calls.put("keyRing.load", () -> assertThat(ring.load()).contains(new Document(1, "secret")));
        return calls;
    }

    static Map<String, Runnable> calls(RedisStorage storage) {
        Map<String, Runnable> calls =
                calls(storage.logins(), storage.revocations(), storage.feed(), storage.keyRing("one"));
        RateLimitStore limits = storage.rateLimits().orElseThrow();
        RateLimitStore.Rate rate = new RateLimitStore.Rate(2, Duration.ofMinutes(1));
        calls.put("take", () -> assertThat(limits.take("name", rate, NOW)).isZero());
        calls.put("giveBack", () -> limits.giveBack("name", rate, NOW));
        return calls;
    }

    /** Reads of all revocations take more than one round trip. */
    static List<Revocation> live(RevocationStore revocations) {
        List<Revocation> live = new ArrayList<>();
        revocations.forEachLive(NOW, live::add);
        return live;
    }
}
