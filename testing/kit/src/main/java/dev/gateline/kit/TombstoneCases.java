package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.LoginInfo;
import dev.gateline.LoginLimit;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An ended login stays ended, even if a fail-over of the store brings its row back. */
interface TombstoneCases extends Fixtures {

    /** Five minutes are for the store to settle, one for the skew of a verifier, and one for clocks that differ. */
    Duration REMEMBERED_FOR = Duration.ofMinutes(7);

    @Test
    default void logout_storeBringsTheRowBackWithinSevenMinutes_isStillOut() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        LoginRow row = row(at, grant);
        at.gate().logout(grant.renewal());
        at.advance(REMEMBERED_FOR.minusMillis(1));

        bringBack(at, row);

        at.assertDead(grant);
        assertThat(at.live("ada")).isEmpty();
    }

    @Test
    default void end_storeBringsTheRowBackWithinSevenMinutes_isStillOut() {
        Fixture at = fixture();
        Grant grant = at.login("ada");
        LoginRow row = row(at, grant);
        at.logins().end(grant.loginId());
        at.advance(REMEMBERED_FOR.minusMillis(1));

        bringBack(at, row);

        at.assertDead(grant);
    }

    /** A check by a node whose clock is two minutes behind. */
    @Test
    default void endAll_storeBringsTheRowBackAtItsLastInstant_isStillOut() {
        Fixture at = fixture();
        Grant grant = at.gate().login(Login.builder("ada").remembered(true).build());
        LoginRow row = row(at, grant);
        Instant end = grant.endsAt();
        at.advance(Duration.ofMinutes(-2).plusMillis(2));
        at.logins().endAll("ada");
        at.advanceTo(end.minusMillis(1));

        bringBack(at, row);

        at.assertDead(grant);
        assertThat(at.live("ada")).isEmpty();
    }

    @Test
    default void login_rowOfAnEndedLoginStays_takesNoPlaceAndIsNotListed() {
        Fixture at = fixture(LoginLimit.refusingBeyond(2));
        Grant one = at.login("ada");
        Grant two = at.login("ada");
        at.faults().failAlways("delete");
        assertThatThrownBy(() -> at.gate().logout(two.renewal())).isInstanceOf(AuthUnavailableException.class);
        at.faults().none();

        assertThat(at.live("ada")).extracting(LoginInfo::id).containsExactly(one.loginId());
        at.assertLive(at.login("ada"));
        at.assertLive(one);
        at.assertDead(two);
    }

    private static LoginRow row(Fixture at, Grant grant) {
        return at.storage().logins().find(grant.loginId()).orElseThrow();
    }

    /** A check after others have logged in and out, because a store deletes expired rows on such calls. */
    private static void bringBack(Fixture at, LoginRow row) {
        for (int i = 0; i < 8; i++) {
            at.gate().logout(at.login("someone").renewal());
        }
        LoginStore logins = at.storage().logins();
        logins.insert(row.seen(at.now()), LoginLimit.UNLIMITED, Set.of(), at.now());
    }
}
