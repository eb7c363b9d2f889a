package dev.gateline.examples.parkgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class UsersTest {

    @Test
    void verify_rightPassword_isTheUser() {
        assertThat(new Users(1).verify("ada", "lovelace")).map(Users.User::name).contains("ada");
    }

    @Test
    void verify_noPlaceIsFree_isSentAwayInsteadOfWaitingForEver() {
        assertThatThrownBy(() -> new Users(0).verify("ada", "lovelace")).isInstanceOf(BusyException.class);
    }
}
