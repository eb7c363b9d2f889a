package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.Grant;
import dev.gateline.LoginRefusedException;
import org.junit.jupiter.api.Test;

/**
 * Cases over a storage with a capacity. An {@link AuthenticatorContract} over such a storage implements these cases,
 * too.
 */
public interface CapacityCases extends Fixtures {

    @Test
    default void login_fullStore_isRefusedAndNoLiveLoginIsDropped() {
        Fixture at = fixture(2);
        Grant one = at.login("ada");
        Grant two = at.login("grace");

        assertThatThrownBy(() -> at.login("joan"))
                .isInstanceOf(LoginRefusedException.class)
                .hasMessageContaining("2");
        at.assertLive(one);
        at.assertLive(two);
        at.gate().logout(two.access());
        at.assertLive(at.login("joan"));
    }

    @Test
    default void login_storeFullOfLoginsThatEndedTogether_takesTheirPlace() {
        Fixture at = fixture(2);
        for (int i = 0; i < 3; i++) {
            at.login("ada");
            at.login("grace");
            at.logins().endEverybody();
        }

        at.assertLive(at.login("grace"));
        at.assertLive(at.login("ada"));
    }

    @Test
    default void login_storeFullOfExpiredLogins_takesTheirPlace() {
        Fixture at = fixture(2);
        at.login("ada");
        at.login("ada");
        at.advance(Fixture.ABSOLUTE);

        at.assertLive(at.login("grace"));
        at.assertLive(at.login("grace"));
    }
}
