package dev.gateline.kit;

import static dev.gateline.kit.Fixture.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.Rejection;
import dev.gateline.Timeouts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Cases of the timeouts, on both sides of each limit. */
interface TimeoutCases extends Fixtures {

    private static Grant remembered(Fixture at) {
        return at.gate().login(Login.builder("ada").remembered(true).build());
    }

    @Test
    default void remembered_justBeforeItsIdleTimeout_isLive() {
        Fixture at = fixture();
        Grant grant = remembered(at);

        at.advance(Fixture.REMEMBERED.idle().minusMillis(1));

        assertThat(at.gate().renew(grant.renewal()).rejection()).isEmpty();
    }

    @Test
    default void remembered_atItsIdleTimeout_hasExpired() {
        Fixture at = fixture();
        Grant grant = remembered(at);

        at.advance(Fixture.REMEMBERED.idle());

        assertRejected(at.gate().renew(grant.renewal()), Rejection.EXPIRED);
        assertRejected(at.gate().authenticate(grant.access()), Rejection.EXPIRED);
    }

    @Test
    default void remembered_usedForEver_endsAtItsAbsoluteLimit() {
        Fixture at = fixture();
        Grant grant = remembered(at);
        assertThat(grant.endsAt()).isEqualTo(at.now().plus(Fixture.REMEMBERED.absolute()));
        for (int days = 1; days < Fixture.REMEMBERED.absolute().toDays(); days++) {
            at.advance(Duration.ofDays(1));
            grant = at.renewed(grant);
        }

        at.advanceTo(grant.endsAt().minusMillis(1));
        assertThat(at.gate().refresh(grant.renewal()).rejection()).isEmpty();
        at.advanceTo(grant.endsAt());
        assertRejected(at.gate().renew(grant.renewal()), Rejection.EXPIRED);
    }

    @Test
    default void remembered_not_hasTheUsualTimeouts() {
        Fixture at = fixture();
        Grant grant = at.login("ada");

        at.advance(Fixture.IDLE);

        assertRejected(at.gate().renew(grant.renewal()), Rejection.EXPIRED);
    }

    @Test
    default void shortened_byTheHost_endsOnTime() {
        Fixture at = fixture();
        at.shorten(usual -> new Timeouts(Duration.ofMinutes(2), Duration.ofMinutes(9)));
        Grant idle = at.login("ada");
        Grant used = at.login("grace");
        assertThat(idle.accessExpiresAt()).isBeforeOrEqualTo(at.now().plus(Duration.ofMinutes(2)));
        assertThat(idle.endsAt()).isEqualTo(at.now().plus(Duration.ofMinutes(9)));

        at.advance(Duration.ofMinutes(2).minusMillis(1));
        used = at.renewed(used);
        assertThat(at.gate().refresh(idle.renewal()).rejection()).isEmpty();
        at.advance(Duration.ofMinutes(2));
        assertRejected(at.gate().authenticate(idle.access()), Rejection.EXPIRED);
        assertRejected(at.gate().renew(idle.renewal()), Rejection.EXPIRED);
        at.advanceTo(used.endsAt());
        assertRejected(at.gate().renew(used.renewal()), Rejection.EXPIRED);
    }

    @Test
    default void shortened_toMoreThanUsual_staysAsUsual() {
        Fixture at = fixture();
        at.shorten(usual -> new Timeouts(Duration.ofDays(100), Duration.ofDays(1000)));

        Grant grant = at.login("ada");

        assertThat(grant.endsAt()).isEqualTo(at.now().plus(Fixture.ABSOLUTE));
        at.advance(Fixture.IDLE);
        assertRejected(at.gate().renew(grant.renewal()), Rejection.EXPIRED);
    }
}
