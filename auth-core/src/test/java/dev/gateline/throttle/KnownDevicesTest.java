package dev.gateline.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginAttempt;
import dev.gateline.internal.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownDevicesTest extends ThrottleFixture {
    private static final Duration MILLI = Duration.ofMillis(1);

    @Test
    void attempt_accountThatStrangersAttack_itsOwnerGetsInOnAKnownDevice() {
        String device = throttle.succeeded(ADA.from("192.0.2.1"));
        fail(ADA.from("192.0.2.1"));
        assertThat(permits(ADA.from("192.0.2.1"))).isFalse();
        assertThat(permits(ADA.from("192.0.2.1").by(device))).isTrue();
    }

    @Test
    void attempt_knownDevice_hasABudgetOfItsOwnOnly() {
        LoginAttempt known = ADA.by(throttle.succeeded(ADA));
        LoginAttempt other = ADA.by(throttle.succeeded(ADA));
        assertThat(fail(known)).isEqualTo(10);
        assertThat(throttle.attempt(known)).isEqualTo(Duration.ofMinutes(1));
        assertThat(permits(other)).isTrue();
        assertThat(fail(ADA)).isEqualTo(10);
    }

    @Test
    void attempt_deviceOfAnotherAccount_isAStranger() {
        String device = throttle.succeeded(LoginAttempt.of("mallory"));
        fail(ADA);
        assertThat(permits(ADA.by(device))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ada", "ADA", " ada", "ada\0", "ａｄａ", "ad\u00e1"})
    void attempt_deviceOfANameThatFoldsTheSame_isAStranger(String name) {
        String device = throttle.succeeded(LoginAttempt.of(name));
        fail(ADA);
        assertThat(permits(ADA.by(device))).isFalse();
        assertThat(permits(LoginAttempt.of(name).by(device))).isTrue();
    }

    @Test
    void attempt_unpairedSurrogate_isNotTheQuestionMarkThatItIsWrittenAs() {
        String device = throttle.succeeded(LoginAttempt.of("?"));
        LoginAttempt surrogate = LoginAttempt.of("\ud800");
        fail(surrogate);
        assertThat(permits(surrogate.by(device))).isFalse();
    }

    @Test
    void attempt_100DevicesOfANameThatFoldsTheSame_addNoGuess() {
        List<String> devices = devices("Ada", 100);
        assertThat(permitted(devices)).isEqualTo(10);
    }

    @Test
    void attempt_200DevicesOfOneAccount_fail30TimesTogether() {
        List<String> devices = devices("ada", 200);
        assertThat(permitted(devices)).isEqualTo(30);
        assertThat(throttle.attempt(ADA.by(devices.get(0)))).isEqualTo(Duration.ofMinutes(1));
        assertThat(fail(ADA)).isEqualTo(10);
    }

    @Test
    void attempt_devicesOfManySpellings_fail30TimesTogether() {
        long permitted = IntStream.range(0, 100)
                .mapToObj(i -> LoginAttempt.of("ada" + " ".repeat(i)))
                .map(attempt -> attempt.by(throttle.succeeded(attempt)))
                .filter(this::permits)
                .count();
        assertThat(permitted).isEqualTo(30);
    }

    @Test
    void attempt_refusedByAllDevices_takesNothingFromTheDevice() {
        String device = throttle.succeeded(ADA);
        permitted(devices("ada", 30));
        for (int i = 0; i < 20; i++) {
            assertThat(permits(ADA.by(device))).isFalse();
        }
        hand.advance(Duration.ofMinutes(30));
        assertThat(fail(ADA.by(device))).isEqualTo(10);
    }

    /** Each from a login without a cookie. */
    private List<String> devices(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> throttle.succeeded(LoginAttempt.of(name)))
                .toList();
    }

    /** Of ten guesses at Ada's on each device. */
    private long permitted(List<String> devices) {
        return devices.stream()
                .flatMap(device -> IntStream.range(0, 10).mapToObj(i -> ADA.by(device)))
                .filter(this::permits)
                .count();
    }

    @Test
    void succeeded_onAKnownDevice_keepsItsBudgetAndItsPlace() {
        String device = throttle.succeeded(ADA);
        fail(ADA.by(device));
        hand.advance(Duration.ofSeconds(1));
        String renewed = throttle.succeeded(ADA.by(device));
        assertThat(renewed).isNotEqualTo(device).hasSameSizeAs(device);
        assertThat(fail(ADA.by(renewed))).isEqualTo(1);
        hand.advance(Duration.ofDays(400).minus(MILLI));
        assertThat(fail(ADA.by(renewed))).isEqualTo(10);
    }

    @Test
    void attempt_deviceFromBeforeThePasswordChanged_isAStranger() {
        Instant login = hand.instant();
        LoginAttempt known = ADA.by(throttle.succeeded(ADA));
        fail(ADA);
        assertThat(permits(known.devicesSince(login))).isTrue();
        assertThat(permits(known.devicesSince(login.plusNanos(1)))).isFalse();
    }

    @Test
    void succeeded_afterThePasswordChanged_makesTheDeviceKnownWithABudgetOfItsOwn() {
        LoginAttempt before = ADA.by(throttle.succeeded(ADA));
        fail(before);
        hand.advance(MILLI);
        LoginAttempt changed = before.devicesSince(hand.instant());
        String device = throttle.succeeded(changed);
        assertThat(device).hasSameSizeAs(before.device());
        assertThat(fail(changed.by(device))).isEqualTo(10);
        assertThat(fail(changed)).isEqualTo(10);
    }

    @Test
    void attempt_deviceChangedAtAnyPosition_isAStranger() {
        String device = throttle.succeeded(ADA);
        fail(ADA);
        for (int i = 0; i < device.length(); i++) {
            char other = device.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(permits(ADA.by(device.substring(0, i) + other + device.substring(i + 1))))
                    .isFalse();
            assertThat(permits(ADA.by(device.substring(0, i)))).isFalse();
        }
    }

    @Test
    void attempt_deviceUnderAnotherKey_isAStranger() {
        SecretKey key = new SecretKeySpec(Secrets.bytes(32), "HmacSHA256");
        String device = on(storage, key).succeeded(ADA);
        fail(ADA);
        assertThat(permits(ADA.by(device))).isFalse();
    }

    @Test
    void attempt_deviceAfter400Days_isAStranger() {
        LoginAttempt known = ADA.by(throttle.succeeded(ADA));
        hand.advance(Duration.ofDays(400).minus(MILLI));
        fail(ADA);
        assertThat(permits(known)).isTrue();
        hand.advance(MILLI);
        assertThat(permits(known)).isFalse();
    }

    @Test
    void succeeded_sixAccountsOnOneDevice_theOneUsedLongestAgoIsForgotten() {
        String device = "";
        for (String name : List.of("a", "b", "c", "d", "e", "f")) {
            device = throttle.succeeded(LoginAttempt.of(name).by(device));
        }
        for (String name : List.of("a", "b", "f")) {
            fail(LoginAttempt.of(name));
            assertThat(permits(LoginAttempt.of(name).by(device))).isEqualTo(!name.equals("a"));
        }
        assertThat(device).hasSizeLessThan(1_024).matches("[A-Za-z0-9._-]+");
    }
}
