package dev.gateline.throttle;

import dev.gateline.LoginAttempt;
import dev.gateline.LoginThrottle;
import dev.gateline.internal.Secrets;
import dev.gateline.store.Storage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A throttle in memory, with a clock that is moved by hand. */
abstract class ThrottleFixture {
    static final SecretKey KEY = new SecretKeySpec(Secrets.bytes(32), "HmacSHA256");
    static final LoginAttempt ADA = LoginAttempt.of("ada");

    final Hand hand = new Hand();
    final Storage storage = Storage.inMemory(1);
    final LoginThrottle throttle = on(storage, KEY);

    static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration span) {
            now = now.plus(span);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    LoginThrottle on(Storage kept, SecretKey key) {
        return StoredLoginThrottle.builder(kept, key).clock(hand).build();
    }

    boolean permits(LoginAttempt attempt) {
        return throttle.attempt(attempt).isZero();
    }

    /** As many as are permitted. */
    int fail(LoginAttempt attempt) {
        int failures = 0;
        while (failures < 1_000 && permits(attempt)) {
            failures++;
        }
        return failures;
    }
}
