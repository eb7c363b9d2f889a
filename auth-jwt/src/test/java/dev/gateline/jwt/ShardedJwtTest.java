package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.LoginLimit;
import dev.gateline.Rejection;
import dev.gateline.kit.Faults;
import dev.gateline.store.ShardedStorage;
import dev.gateline.store.Storage;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tokens of logins in two shards, of which one is down. */
class ShardedJwtTest {
    private final Faults faults = new Faults();
    private final Storage down = faults.around(Storage.inMemory(100));
    private final ShardedStorage storage = ShardedStorage.of(Map.of("down", down, "up", Storage.inMemory(100)));
    private final JwtAuthenticator gate = JwtAuthenticator.builder(storage, KeyRing.generate(Algorithm.HS256))
            .issuer("https://park.example")
            .audience("park-api")
            .limit(LoginLimit.endingOldestBeyond(1))
            .build();

    private Grant loggedIn(boolean isUp) {
        return IntStream.range(0, 100)
                .mapToObj(each -> gate.login(Login.of("user " + each)))
                .filter(grant -> isUp != storage.partOf(grant.loginId()).equals(down))
                .findFirst()
                .orElseThrow();
    }

    private String subject(Grant grant) {
        return gate.authenticate(grant.access()).toOptional().orElseThrow().subject();
    }

    @Test
    void reauthenticate_anotherShardIsDown_endsTheTokensFromBefore() {
        Grant grant = loggedIn(true);
        faults.down();

        Login again = Login.builder(subject(grant)).methods("otp").build();
        Grant stepped = gate.reauthenticate(grant.renewal(), again).toOptional().orElseThrow();

        assertThat(gate.authenticate(grant.access()).rejection()).contains(Rejection.REVOKED);
        assertThat(gate.authenticate(stepped.access()).rejection()).isEmpty();
    }

    @Test
    void revokeToken_anotherShardIsDown_endsTheToken() {
        Grant grant = loggedIn(true);
        faults.down();

        assertThat(gate.revokeToken(grant.access()).toOptional()).contains(grant.loginId());
        assertThat(gate.authenticate(grant.access()).rejection()).contains(Rejection.REVOKED);
        assertThat(gate.renew(grant.renewal()).toOptional()).isPresent();
    }

    @Test
    void login_replacedOneIsInAShardThatIsDown_endsNobody() {
        Grant oldest = loggedIn(true);
        Grant replaced = loggedIn(false);
        faults.down();
        Login next = Login.builder(subject(oldest)).replaces(replaced.access()).build();

        assertThatThrownBy(() -> gate.login(next)).isInstanceOf(AuthUnavailableException.class);

        assertThat(gate.authenticate(oldest.access()).rejection()).isEmpty();
        faults.none();
        assertThat(gate.authenticate(replaced.access()).rejection()).isEmpty();
        assertThat(gate.renew(oldest.renewal()).toOptional()).isPresent();
    }
}
