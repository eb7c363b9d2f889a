package dev.gateline.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginAttempt;
import dev.gateline.LoginThrottle;
import dev.gateline.internal.Secrets;
import dev.gateline.store.RateLimitStore;
import dev.gateline.store.RateLimitStore.Rate;
import dev.gateline.store.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredLoginThrottleTest extends ThrottleFixture {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @Test
    void attempt_tenFailures_theNextWaitsForTenMinutesAndNotAMomentLess() {
        assertThat(fail(ADA)).isEqualTo(10);
        assertThat(throttle.attempt(ADA)).isEqualTo(TEN_MINUTES);
        hand.advance(TEN_MINUTES.minusNanos(1));
        assertThat(throttle.attempt(ADA)).isEqualTo(Duration.ofNanos(1));
        hand.advance(Duration.ofNanos(1));
        assertThat(fail(ADA)).isEqualTo(1);
    }

    @Test
    void attempt_otherAccount_isAnotherBudget() {
        fail(ADA);
        assertThat(permits(LoginAttempt.of("grace"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ADA",
                " ada\t",
                "ａｄａ",
                "Ada",
                "ad\u00e1",
                "\u00c2DA\u0300",
                "\u0000ada\u0007",
                "\u000ea\u001bda",
                "a\u00adda",
                "ada\u200b",
                "a d\u3000a",
                "ada\ue000",
                "\ud83dada"
            })
    void attempt_nameThatAHostMayTakeForTheSame_sharesTheBudget(String name) {
        fail(ADA);
        assertThat(permits(LoginAttempt.of(name))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "\ud800", "a'; DROP TABLE"})
    void attempt_anyText_isCountedAsAnyOther(String name) {
        assertThat(fail(LoginAttempt.of(name).from(name).by(name))).isEqualTo(10);
    }

    @Test
    void attempt_nameOfAMegabyte_isCountedAsAnyOther() {
        assertThat(fail(LoginAttempt.of("x".repeat(1 << 20)))).isEqualTo(10);
    }

    @Test
    void attempt_namesThatDifferInControlCharacters_fail10TimesInAll() {
        long permitted = IntStream.range(0, 31 * 31)
                .mapToObj(i -> LoginAttempt.of((char) (i / 31) + "ada" + (char) (i % 31)))
                .filter(this::permits)
                .count();
        assertThat(permitted).isEqualTo(10);
    }

    @Test
    void attempt_nameOf320Characters_isFoldedAndALongerOneIsNot() {
        fail(LoginAttempt.of("a".repeat(320)));
        assertThat(permits(LoginAttempt.of("A".repeat(320)))).isFalse();
        fail(LoginAttempt.of("a".repeat(321)));
        assertThat(permits(LoginAttempt.of("a".repeat(321)))).isFalse();
        assertThat(permits(LoginAttempt.of("A".repeat(321)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0001", " ", "\u00a0", "\u200b", "\u0301", "\ud800", "\ue000"})
    void attempt_nameWithMoreAndMoreIgnoredCharacters_fails10TimesInAll(String ignored) {
        long permitted = IntStream.range(0, 50)
                .mapToObj(i -> ignored.repeat(310 + i) + "ada")
                .flatMap(name ->
                        Stream.of(name, new StringBuilder(name).reverse().toString()))
                .filter(name -> permits(LoginAttempt.of(name)))
                .count();
        assertThat(permitted).isEqualTo(10);
    }

    @Test
    void attempt_nameThatIsTooLongWithIgnoredCharacters_failsAsWithoutThem() {
        String name = "a".repeat(321);
        fail(LoginAttempt.of(name));
        assertThat(permits(LoginAttempt.of("\0".repeat(1 << 20) + name + "\0"))).isFalse();
    }

    @Test
    void attempt_nameOfMarksInTheWrongOrder_isCountedAsAnyOther() {
        LoginAttempt hostile = LoginAttempt.of("a" + "\u0315".repeat(160_000) + "\u0300".repeat(160_000));
        assertThat(fail(hostile)).isEqualTo(10);
        assertThat(permits(hostile.by(throttle.succeeded(hostile)))).isTrue();
    }

    @Test
    void succeeded_again_andAgain_countsNothing() {
        LoginAttempt attempt = ADA.from("192.0.2.1");
        for (int i = 0; i < 300; i++) {
            assertThat(permits(attempt)).isTrue();
            assertThat(throttle.succeeded(attempt)).isNotEmpty();
        }
    }

    @Test
    void succeeded_afterNineFailures_leavesThemCounted() {
        for (int i = 0; i < 10; i++) {
            assertThat(permits(ADA)).isTrue();
        }
        throttle.succeeded(ADA);
        assertThat(fail(ADA)).isEqualTo(1);
    }

    @Test
    void attempt_oneClientAndManyAccounts_failsAHundredTimes() {
        List<LoginAttempt> attempts = IntStream.range(0, 150)
                .mapToObj(i -> LoginAttempt.of("user" + i).from("192.0.2.1"))
                .toList();
        assertThat(attempts.stream().filter(this::permits)).hasSize(100);
        assertThat(throttle.attempt(attempts.get(149))).isEqualTo(Duration.ofMinutes(1));
        assertThat(permits(attempts.get(149).from("192.0.2.2"))).isTrue();
    }

    @Test
    void attempt_clientThatIsRefused_usesUpNoAccount() {
        for (int i = 0; i < 100; i++) {
            assertThat(permits(LoginAttempt.of("user" + i).from("192.0.2.1"))).isTrue();
        }
        for (int i = 0; i < 100; i++) {
            assertThat(permits(ADA.from("192.0.2.1"))).isFalse();
        }
        assertThat(fail(ADA.from("192.0.2.2"))).isEqualTo(10);
    }

    @Test
    void attempt_refusedByTheAccount_takesNothingFromTheClient() {
        fail(ADA.from("192.0.2.1"));
        for (int i = 0; i < 200; i++) {
            assertThat(permits(ADA.from("192.0.2.1"))).isFalse();
        }
        assertThat(permittedFrom("192.0.2.1")).isEqualTo(90);
    }

    /** Of guesses at one account each. */
    private long permittedFrom(String client) {
        return IntStream.range(0, 200)
                .mapToObj(i -> LoginAttempt.of("user" + i).from(client))
                .filter(this::permits)
                .count();
    }

    @Test
    void attempt_clientsOfOneIpv6Site_failAThousandTimesTogether() {
        long permitted = IntStream.range(0, 2_000)
                .mapToObj(i -> LoginAttempt.of("user" + i).from("2001:db8:1:" + Integer.toHexString(i) + "::1"))
                .filter(this::permits)
                .count();
        assertThat(permitted).isEqualTo(1_000);
        assertThat(throttle.attempt(ADA.from("2001:db8:1:ffff::1"))).isEqualTo(Duration.ofSeconds(6));
        assertThat(permits(ADA.from("2001:db8:2::1"))).isTrue();
    }

    @Test
    void attempt_refusedByTheSite_takesNothingFromTheClient() {
        IntStream.range(0, 1_000)
                .mapToObj(i -> LoginAttempt.of("user" + i).from("2001:db8:1:" + i + "::1"))
                .forEach(this::permits);
        for (int i = 0; i < 200; i++) {
            assertThat(permits(ADA.from("2001:db8:1:ffff::1"))).isFalse();
        }
        hand.advance(Duration.ofMinutes(10));
        assertThat(permittedFrom("2001:db8:1:ffff::1")).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:1::1,2001:db8:0:1:ffff::2,true",
        "2001:DB8:0:1::1,2001:db8::1:0:0:0:1,true",
        "2001:db8:0:1::1,2001:db8:0:2::1,false",
        "2001:db8:0:1::1,[2001:db8:0:1::2],true",
        "[2001:db8:0:1::1],[2001:db8:0:2::1],false",
        "fe80::1%eth0,[fe80::2%2],true",
        "192.0.2.1,::ffff:192.0.2.1,true",
        "192.168.100.100,0000:0000:0000:0000:0000:ffff:192.168.100.100,true",
        "::1,::2,true",
        "192.0.2.1,192.0.2.2,false",
        "proxy:1,proxy:2,false",
        "[proxy:1],[proxy:2],false",
        "proxy%1,proxy%2,false"
    })
    void attempt_addressesOfOneNetwork_areOneClient(String one, String other, boolean isSame) {
        for (int i = 0; i < 100; i++) {
            assertThat(permits(LoginAttempt.of("user" + i).from(one))).isTrue();
        }
        assertThat(permits(ADA.from(other))).isEqualTo(!isSame);
    }

    @Test
    void attempt_always_storesNeitherNameNorAddress() {
        List<String> names = new ArrayList<>();
        LoginThrottle noted = on(keeping(noting(names)), KEY);
        LoginAttempt attempt = ADA.from("192.0.2.1");
        noted.attempt(attempt.by(noted.succeeded(attempt)));
        noted.attempt(attempt);
        assertThat(names).isNotEmpty().allMatch(name -> name.matches("[A-Za-z0-9_-]{43}"));
        LoginThrottle other = on(keeping(noting(names)), new SecretKeySpec(Secrets.bytes(32), "HmacSHA256"));
        List<String> before = List.copyOf(names);
        other.attempt(attempt);
        assertThat(names.subList(before.size(), names.size())).doesNotContainAnyElementsOf(before);
    }

    private static RateLimitStore noting(List<String> names) {
        return new RateLimitStore() {
            @Override
            public Duration take(String name, Rate rate, Instant now) {
                names.add(name);
                return Duration.ZERO;
            }

            @Override
            public void giveBack(String name, Rate rate, Instant now) {
                names.add(name);
            }
        };
    }

    private static Storage keeping(RateLimitStore limits) {
        Storage memory = Storage.inMemory(1);
        return Storage.of(memory.logins(), memory.revocations(), limits);
    }

    @Test
    void attempt_storeDown_isAnOutageAndTold() {
        List<AuthEvent> events = new ArrayList<>();
        RateLimitStore down = new RateLimitStore() {
            @Override
            public Duration take(String name, Rate rate, Instant now) {
                throw new IllegalStateException(name);
            }

            @Override
            public void giveBack(String name, Rate rate, Instant now) {
                throw new IllegalStateException(name);
            }
        };
        LoginThrottle broken = StoredLoginThrottle.builder(keeping(down), KEY)
                .listener(events::add)
                .build();
        assertThatThrownBy(() -> broken.attempt(ADA)).isInstanceOf(AuthUnavailableException.class);
        assertThatThrownBy(() -> broken.succeeded(ADA)).isInstanceOf(AuthUnavailableException.class);
        assertThat(events).hasSize(2).hasOnlyElementsOfType(AuthEvent.StoreUnavailable.class);
    }

    /** A storage of several parts keeps the counts of one attempt at several places. */
    @Test
    void attempt_oneOfItsCountsIsOutOfReach_takesNothingFromTheOthers() {
        RateLimitStore memory = storage.rateLimits().orElseThrow();
        AtomicInteger takes = new AtomicInteger();
        RateLimitStore secondFails = new RateLimitStore() {
            @Override
            public Duration take(String name, Rate rate, Instant now) {
                if (takes.incrementAndGet() % 2 == 0) {
                    throw new IllegalStateException("out of reach");
                }
                return memory.take(name, rate, now);
            }

            @Override
            public void giveBack(String name, Rate rate, Instant now) {
                memory.giveBack(name, rate, now);
            }
        };
        LoginThrottle broken = on(keeping(secondFails), KEY);
        LoginAttempt attempt = ADA.from("192.0.2.1");
        for (int i = 0; i < 200; i++) {
            assertThatThrownBy(() -> broken.attempt(attempt)).isInstanceOf(AuthUnavailableException.class);
        }

        assertThat(takes).hasValue(400);
        assertThat(fail(attempt)).isEqualTo(fail(LoginAttempt.of("grace").from("192.0.2.2")));
    }

    @Test
    void succeeded_oneOfItsCountsIsOutOfReach_givesBackTheOthers() {
        List<String> givenBack = new ArrayList<>();
        RateLimitStore noting = noting(givenBack);
        RateLimitStore firstFails = new RateLimitStore() {
            @Override
            public Duration take(String name, Rate rate, Instant now) {
                return Duration.ZERO;
            }

            @Override
            public void giveBack(String name, Rate rate, Instant now) {
                noting.giveBack(name, rate, now);
                if (givenBack.size() == 1) {
                    throw new IllegalStateException("out of reach");
                }
            }
        };
        LoginAttempt attempt = ADA.from("192.0.2.1");
        List<String> taken = new ArrayList<>();
        on(keeping(noting(taken)), KEY).attempt(attempt);

        assertThatThrownBy(() -> on(keeping(firstFails), KEY).succeeded(attempt))
                .isInstanceOf(AuthUnavailableException.class);

        assertThat(givenBack).hasSizeGreaterThan(1).isEqualTo(taken);
    }

    @Test
    void build_storageWithoutRateLimits_isRefused() {
        Storage without = Storage.of(storage.logins(), storage.revocations());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> on(without, KEY))
                .withMessageContaining("Storage.rateLimits()");
    }

    @Test
    void build_keyThatIsShortOrAPattern_isRefused() {
        byte[] filled = new byte[32];
        Arrays.fill(filled, (byte) 7);
        for (byte[] weak : List.of(filled, Secrets.bytes(31))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> on(storage, new SecretKeySpec(weak, "HmacSHA256")))
                    .withMessageStartingWith("key of the login throttle");
        }
    }

    @Test
    void rate_outOfBounds_isRefusedNamingTheValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rate(0, TEN_MINUTES))
                .withMessageEndingWith("was 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(10_001, TEN_MINUTES));
        for (Duration each : List.of(
                Duration.ZERO, Duration.ofNanos(999_999), Duration.ofDays(1).plusNanos(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Rate(1, each))
                    .withMessageEndingWith("was " + each);
        }
    }

    @Test
    void toString_attempt_showsNothingThatWasTyped() {
        assertThat(ADA.from("192.0.2.1").by("device").toString()).isEqualTo("LoginAttempt[redacted]");
    }

    @Test
    void memory_clockPutBack_waitsNoLongerThanAnEmptyBucketDoes() {
        fail(ADA);
        hand.advance(Duration.ofDays(-365));
        assertThat(throttle.attempt(ADA)).isEqualTo(TEN_MINUTES);
    }
}
