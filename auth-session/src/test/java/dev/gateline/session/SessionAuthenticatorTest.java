package dev.gateline.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.Activity;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.LoginLimit;
import dev.gateline.LoginRefusedException;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.Timeouts;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Storage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionAuthenticatorTest {
    private static final Duration IDLE = Duration.ofMinutes(30);

    private final MutableClock clock = new MutableClock();
    private final Storage storage = Storage.inMemory(100);

    private SessionAuthenticatorBuilder builder() {
        return SessionAuthenticator.builder(storage).clock(clock);
    }

    private static boolean isLive(Authenticator gate, Credential credential) {
        return gate.authenticate(credential).toOptional().isPresent();
    }

    @Test
    void authenticate_usedAgainAndAgain_outlivesTheIdleTimeout() {
        Authenticator gate = builder().build();
        Grant grant = gate.login(Login.of("ada"));
        for (int i = 0; i < 5; i++) {
            clock.advance(IDLE.minusSeconds(1));
            assertThat(isLive(gate, grant.access())).isTrue();
        }

        clock.advance(IDLE);

        assertThat(gate.authenticate(grant.access()).rejection()).contains(Rejection.EXPIRED);
    }

    @Test
    void tryAuthenticate_loginInMemory_isTheAnswerOfAuthenticate() {
        Authenticator gate = builder().build();
        Grant grant = gate.login(Login.of("ada"));

        assertThat(gate.tryAuthenticate(grant.access(), Requirement.none(), Activity.USER))
                .isEqualTo(gate.authenticate(grant.access()).toOptional())
                .isPresent();
    }

    @Test
    void tryAuthenticate_proofTooOld_hasNoAnswer() {
        Authenticator gate = builder().build();
        Grant grant = gate.login(Login.of("ada"));
        clock.advance(Duration.ofMinutes(2));

        Requirement recent = Requirement.none().authenticatedWithin(Duration.ofMinutes(1));

        assertThat(gate.tryAuthenticate(grant.access(), recent, Activity.USER)).isEmpty();
    }

    @Test
    void authenticate_usedWithinTheInterval_mayEndThatMuchEarlyAndNeverLate() {
        Authenticator gate = builder().build();
        Grant grant = gate.login(Login.of("ada"));
        clock.advance(Duration.ofSeconds(59));
        assertThat(isLive(gate, grant.access())).isTrue();

        clock.advance(IDLE.minusSeconds(60));
        assertThat(isLive(gate, grant.access())).isTrue();
        assertThat(gate.logins().of("ada").get(0).lastSeenAt()).isEqualTo(clock.instant());
    }

    @Test
    void authenticate_defaults_endAfter12Hours() {
        Authenticator gate = builder().build();
        Grant grant = gate.login(Login.of("ada"));
        for (int i = 0; i < 12 * 6 - 1; i++) {
            clock.advance(Duration.ofMinutes(10));
            assertThat(isLive(gate, grant.access())).isTrue();
        }

        clock.advance(Duration.ofMinutes(10));

        assertThat(isLive(gate, grant.access())).isFalse();
    }

    @Test
    void renew_defaults_endAfter30MinutesUnused() {
        Authenticator gate = builder().build();
        Grant used = gate.login(Login.of("ada"));
        Grant unused = gate.login(Login.of("ada"));

        clock.advance(Duration.ofMinutes(30).minusMillis(1));
        assertThat(gate.renew(used.renewal()).rejection()).isEmpty();
        clock.advance(Duration.ofMillis(1));

        assertThat(gate.renew(unused.renewal()).rejection()).contains(Rejection.EXPIRED);
    }

    @Test
    void remembered_defaults_endAfter14DaysUnusedAnd30Days() {
        Authenticator gate = builder().build();
        Grant unused = gate.login(Login.builder("ada").remembered(true).build());

        assertThat(unused.renewalExpiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(14)));
        assertThat(unused.endsAt()).isEqualTo(clock.instant().plus(Duration.ofDays(30)));
    }

    /** A tool of administration has the defaults, or the host has shortened its timeouts since. */
    @Test
    void endEverybody_byAnAuthenticatorWithShorterTimeouts_endsLongLoginsForGood() {
        Timeouts year = new Timeouts(Duration.ofDays(365), Duration.ofDays(365));
        Authenticator gate = builder().remembered(year).build();
        Grant old = gate.login(Login.builder("ada").remembered(true).build());

        builder().build().logins().endEverybody();

        assertThat(gate.authenticate(old.access()).rejection()).contains(Rejection.REVOKED);
        List<Instant> rememberedUntil = new ArrayList<>();
        storage.revocations().forEachLive(clock.instant(), ending -> rememberedUntil.add(ending.until()));
        assertThat(rememberedUntil)
                .singleElement()
                .satisfies(until -> assertThat(until).isAfter(old.endsAt()));
    }

    @Test
    void renew_successorNeverSeen_theOldIdGoesOnUntilItIs() {
        Authenticator gate = builder().build();
        Grant old = gate.login(Login.of("ada"));
        Grant lost = gate.renew(old.renewal()).toOptional().orElseThrow();

        clock.advance(Duration.ofMinutes(20));
        assertThat(isLive(gate, old.access())).isTrue();
        assertThat(gate.renew(old.renewal()).toOptional().orElseThrow().access())
                .isEqualTo(lost.access());

        assertThat(isLive(gate, lost.access())).isTrue();
        clock.advance(Duration.ofSeconds(70));
        assertThat(gate.authenticate(old.access()).rejection()).contains(Rejection.REUSED);
    }

    /** The store failed over and has lost that the id was rotated. */
    @Test
    void authenticate_storeLostTheLastRotation_goesOnWithTheNewId() {
        Authenticator gate = builder().build();
        Grant first = gate.login(Login.of("ada"));
        LoginRow before = storage.logins().find(first.loginId()).orElseThrow();
        Grant second = gate.renew(first.renewal()).toOptional().orElseThrow();
        storage.logins().delete(first.loginId());
        storage.logins().insert(before, LoginLimit.UNLIMITED, Set.of(), clock.instant());

        assertThat(isLive(gate, second.access())).isTrue();
        assertThat(isLive(gate, first.access())).as("within the grace").isTrue();
        clock.advance(Duration.ofSeconds(11));
        assertThat(isLive(gate, second.access())).isTrue();
        assertThat(isLive(gate, first.access())).isFalse();
    }

    @Test
    void visitors_storageOfTheirOwnIsFull_keepsNoUserOut() {
        Authenticator users = builder().build();
        Authenticator visitors =
                SessionAuthenticator.visitors(Storage.inMemory(10)).clock(clock).build();
        for (int i = 0; i < 10; i++) {
            assertThat(isLive(visitors, visitors.login(Login.of("visitor")).access()))
                    .isTrue();
        }
        assertThatExceptionOfType(LoginRefusedException.class).isThrownBy(() -> visitors.login(Login.of("visitor")));

        Grant ada = users.login(Login.of("ada"));

        assertThat(isLive(users, ada.access())).isTrue();
    }

    @Test
    void realm_anotherInTheSameStorage_isAnotherGate() {
        Authenticator customers = builder().realm("customers").build();
        Authenticator staff = builder().realm("staff").build();
        Grant grant = customers.login(Login.of("ada"));

        assertThat(staff.authenticate(grant.access()).rejection()).contains(Rejection.UNKNOWN);
        assertThat(staff.logins().of("ada")).isEmpty();
        staff.logins().endAll("ada");
        staff.logins().end(grant.loginId());
        staff.logout(grant.access());

        assertThat(isLive(customers, grant.access())).isTrue();
    }

    @Test
    void visitors_ofAnyRealm_areNoUsers() {
        for (String realm : List.of("", "staff", "visitors")) {
            Authenticator users = builder().realm(realm).build();
            Authenticator visitors = SessionAuthenticator.visitors(storage)
                    .realm(realm)
                    .clock(clock)
                    .build();

            assertThat(users.authenticate(visitors.login(Login.of("ada")).access())
                            .rejection())
                    .contains(Rejection.UNKNOWN);
            assertThat(visitors.authenticate(users.login(Login.of("ada")).access())
                            .rejection())
                    .contains(Rejection.UNKNOWN);
        }
        assertThat(builder()
                        .realm("visitors")
                        .build()
                        .authenticate(SessionAuthenticator.visitors(storage)
                                .clock(clock)
                                .build()
                                .login(Login.of("ada"))
                                .access())
                        .rejection())
                .contains(Rejection.UNKNOWN);
    }

    /** Wraps a storage, answers one question differently, and counts it. */
    private Storage answering(String verb, Object answer, AtomicInteger asked) {
        LoginStore logins = (LoginStore) Proxy.newProxyInstance(
                LoginStore.class.getClassLoader(), new Class<?>[] {LoginStore.class}, (proxy, method, args) -> {
                    if (!method.getName().equals(verb)) {
                        return method.invoke(storage.logins(), args);
                    }
                    asked.incrementAndGet();
                    return answer;
                });
        return Storage.of(logins, storage.revocations());
    }

    @Test
    void login_storeThatIsFullOfLoginsItCannotFind_isAnOutageAfterAFewTries() {
        AtomicInteger asked = new AtomicInteger();
        Authenticator gate = SessionAuthenticator.builder(answering("insert", false, asked))
                .limit(LoginLimit.endingOldestBeyond(1))
                .clock(clock)
                .build();

        assertThatExceptionOfType(AuthUnavailableException.class).isThrownBy(() -> gate.login(Login.of("ada")));
        assertThat(asked).hasValue(10);
    }

    /** Its index may have been lost, as in a cluster one server's last writes may. */
    @Test
    void endAll_storeThatListsNothing_endsAllForGood() {
        Storage forgetful = answering("findBySubject", List.of(), new AtomicInteger());
        Authenticator gate = SessionAuthenticator.builder(forgetful)
                .idleTimeout(Duration.ofHours(12))
                .clock(clock)
                .build();
        Grant grant = gate.login(Login.of("ada"));
        gate.logins().endAll("ada");

        clock.advance(Duration.ofHours(12).minusSeconds(1));
        for (int i = 0; i < 20; i++) {
            gate.logins().endAll("other" + i);
        }

        assertThat(gate.authenticate(grant.access()).rejection()).contains(Rejection.REVOKED);
    }

    @Test
    void build_brokenRules_areNamedWithTheirValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().idleTimeout(Duration.ofHours(13)).build())
                .withMessageContaining("idle timeout")
                .withMessageContaining("PT13H")
                .withMessageContaining("PT12H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().grace(Duration.ofSeconds(61)).build())
                .withMessageContaining("grace")
                .withMessageContaining("PT1M1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().grace(Duration.ZERO).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().idleTimeout(Duration.ZERO).build());
        assertThatIllegalArgumentException().isThrownBy(() -> builder().realm("a b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Storage.inMemory(0))
                .withMessageContaining("0");
    }
}
