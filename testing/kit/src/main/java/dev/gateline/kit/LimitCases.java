package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.LoginLimit;
import dev.gateline.LoginRefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Cases of the limit of logins for each subject. */
interface LimitCases extends Fixtures {

    @Test
    default void login_upToTheLimit_endsNobody() {
        for (LoginLimit limit : List.of(
                LoginLimit.refusingBeyond(2),
                LoginLimit.endingOldestBeyond(2),
                LoginLimit.endingLeastRecentlySeenBeyond(2))) {
            Fixture at = fixture(limit);
            Grant one = at.login("ada");
            Grant two = at.login("ada");

            at.assertLive(one);
            at.assertLive(two);
            assertThat(at.events(AuthEvent.LimitReached.class)).isEmpty();
        }
    }

    @Test
    default void login_beyondTheLimit_isRefusedAndSaysSo() {
        Fixture at = fixture(LoginLimit.refusingBeyond(2));
        Grant one = at.login("ada");
        Grant two = at.login("ada");

        assertThatThrownBy(() -> at.login("ada"))
                .isInstanceOf(LoginRefusedException.class)
                .hasMessageContaining("2");

        at.assertLive(one);
        at.assertLive(two);
        at.assertLive(at.login("grace"));
        assertThat(at.events(AuthEvent.LimitReached.class)).hasSize(1);
    }

    @Test
    default void login_beyondTheLimit_endsTheOldest() {
        Fixture at = fixture(LoginLimit.endingOldestBeyond(2));
        Grant oldest = at.login("ada");
        at.advance(Duration.ofSeconds(90));
        Grant second = at.login("ada");
        at.advance(Duration.ofSeconds(90));
        Grant used = at.renewed(oldest);

        Grant third = at.login("ada");

        at.assertDead(used);
        at.assertDead(oldest);
        at.assertLive(second);
        at.assertLive(third);
        assertThat(at.events(AuthEvent.Ended.class))
                .extracting(AuthEvent.Ended::loginId)
                .contains(oldest.loginId());
    }

    @Test
    default void login_beyondTheLimit_endsTheLeastRecentlySeen() {
        Fixture at = fixture(LoginLimit.endingLeastRecentlySeenBeyond(2));
        Grant oldest = at.login("ada");
        at.advance(Duration.ofSeconds(90));
        Grant second = at.login("ada");
        at.advance(Duration.ofSeconds(90));
        Grant used = at.renewed(oldest);

        Grant third = at.login("ada");

        at.assertDead(second);
        at.assertLive(used);
        at.assertLive(third);
    }

    @Test
    default void login_endedOrExpiredOnes_dontCount() {
        Fixture at = fixture(LoginLimit.refusingBeyond(2));
        at.login("ada");
        Grant ended = at.login("ada");
        at.gate().logout(ended.access());

        Grant again = at.login("ada");
        assertThatThrownBy(() -> at.login("ada")).isInstanceOf(LoginRefusedException.class);
        at.assertLive(again);
        at.advance(Fixture.IDLE);

        at.assertLive(at.login("ada"));
        at.assertLive(at.login("ada"));
        at.logins().endAll("ada");
        at.assertLive(at.login("ada"));
        at.assertLive(at.login("ada"));
    }

    @Test
    default void login_32AtOnce_areNeverOneTooMany() {
        for (LoginLimit limit : List.of(
                LoginLimit.refusingBeyond(3),
                LoginLimit.endingOldestBeyond(3),
                LoginLimit.endingLeastRecentlySeenBeyond(3))) {
            Race.repeat(20, () -> {
                Fixture at = fixture(limit);
                List<Grant> granted = Race.run(32, () -> attempt(at)).stream()
                        .flatMap(Optional::stream)
                        .toList();

                assertThat(at.live("ada")).hasSize(3);
                assertThat(granted.stream()
                                .filter(grant -> at.gate()
                                        .authenticate(grant.access())
                                        .toOptional()
                                        .isPresent()))
                        .hasSize(3);
                boolean refuses = Objects.equals(limit, LoginLimit.refusingBeyond(3));
                assertThat(granted).hasSize(refuses ? 3 : 32);
            });
        }
    }

    /** A second login in the same browser is not one more login. */
    @Test
    default void login_replacingOneAtTheLimit_takesItsPlace() {
        for (LoginLimit limit : List.of(
                LoginLimit.refusingBeyond(2),
                LoginLimit.endingOldestBeyond(2),
                LoginLimit.endingLeastRecentlySeenBeyond(2))) {
            for (Function<Grant, Credential> shown :
                    List.<Function<Grant, Credential>>of(Grant::access, Grant::renewal)) {
                Fixture at = fixture(limit);
                Grant phone = at.login("ada");
                at.advance(Duration.ofSeconds(90));
                Grant browser = at.login("ada");

                Grant again = at.gate().login(Login.of("ada").replacing(shown.apply(browser)));

                at.assertLive(phone);
                at.assertLive(again);
                at.assertDead(browser);
                assertThat(at.live("ada")).hasSize(2);
                assertThat(at.events(AuthEvent.LimitReached.class)).isEmpty();
            }
        }
    }

    @Test
    default void login_replacingWhatProvesNothing_takesNobodysPlace() {
        Fixture at = fixture(LoginLimit.refusingBeyond(1));
        Grant one = at.login("ada");

        Login replacing = Login.of("ada").replacing(Fixture.withGarbageSecret(one.renewal()));

        assertThatThrownBy(() -> at.gate().login(replacing)).isInstanceOf(LoginRefusedException.class);
        at.assertLive(one);
    }

    /**
     * For every call that fails, either the login is stored and the logins that had to go are gone, or nothing has
     * changed.
     */
    @Test
    default void login_thatCannotBeHeld_hasEndedNothing() {
        boolean struck = true;
        for (int calls = 0; struck; calls++) {
            Fixture at = fixture(LoginLimit.endingOldestBeyond(2));
            Grant oldest = at.login("ada");
            Grant browser = at.login("ada");
            at.faults().failOnceAfter(calls);

            Optional<Grant> grant = Optional.empty();
            try {
                grant = Optional.of(at.gate().login(Login.of("ada").replacing(browser.renewal())));
                grant.ifPresent(it -> at.gate().login(Login.of("ada")));
            } catch (AuthUnavailableException e) {
                // the check below finds out whether the login was made
            }
            struck = !at.faults().isPending();
            at.faults().none();

            if (grant.isEmpty()) {
                at.assertLive(oldest);
                at.assertLive(browser);
                assertThat(at.live("ada")).hasSize(2);
            } else {
                at.assertDead(browser);
            }
        }
    }

    private static Optional<Grant> attempt(Fixture at) {
        try {
            return Optional.of(at.login("ada"));
        } catch (LoginRefusedException e) {
            return Optional.empty();
        }
    }
}
