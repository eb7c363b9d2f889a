package dev.gateline.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.Rejection;
import dev.gateline.internal.Base64Url;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Revocation;
import dev.gateline.store.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Only the signature of a token is hard to guess: {@code sid} and {@code jti} are no secrets. */
class ForgedTokenTest {
    private final MutableClock clock = new MutableClock();
    private final Storage storage = Storage.inMemory(1000);
    private final KeyRing keys = KeyRing.generate(Algorithm.ES256);
    private final JwtAuthenticator gate = JwtAuthenticator.builder(storage, keys)
            .issuer(Forge.ISSUER)
            .audience(Forge.AUDIENCE)
            .clock(clock)
            .build();

    /** The claims of a token, signed by a stranger's key under the name of ours. */
    private Credential forged(Credential token) {
        String text = token.reveal();
        int from = text.indexOf('.') + 1;
        byte[] claims = Base64Url.decode(text, from, text.lastIndexOf('.')).orElseThrow();
        Forge stranger = Forge.of(Algorithm.ES256);
        Map<String, String> header =
                Forge.with(stranger.header(), "kid", '"' + keys.keys().get(0).id() + '"');
        return Credential.of(stranger.sign(Forge.json(header).getBytes(UTF_8), claims));
    }

    private List<Revocation> revoked() {
        List<Revocation> live = new ArrayList<>();
        storage.revocations().forEachLive(clock.instant(), live::add);
        return live;
    }

    @Test
    void logout_forgedTokenOfALiveLogin_provesNothing() {
        Grant grant = gate.login(Login.of("ada"));

        assertThat(gate.logout(forged(grant.access())).rejection()).contains(Rejection.BAD_SIGNATURE);

        assertThat(revoked()).isEmpty();
        assertThat(gate.authenticate(grant.access()).rejection()).isEmpty();
    }

    @Test
    void login_replacingAForgedToken_endsNothing() {
        Grant grant = gate.login(Login.of("ada"));

        gate.login(Login.of("eve").replacing(forged(grant.access())));

        assertThat(revoked()).isEmpty();
        assertThat(gate.renew(grant.renewal()).rejection()).isEmpty();
    }

    @Test
    void revokeToken_forged_revokesNothing() {
        Grant grant = gate.login(Login.of("ada"));

        gate.revokeToken(forged(grant.access()));

        assertThat(revoked()).isEmpty();
        assertThat(gate.authenticate(grant.access()).rejection()).isEmpty();
    }

    /** A logout looks neither at the time nor at revocations. It does look at the audience. */
    @Test
    void logout_tokenForAnotherAudience_provesNothing() {
        JwtAuthenticator other = JwtAuthenticator.builder(storage, keys)
                .issuer(Forge.ISSUER)
                .audience("https://shop.park.example")
                .clock(clock)
                .build();
        Grant grant = other.login(Login.of("ada"));

        assertThat(gate.logout(grant.access()).rejection()).contains(Rejection.WRONG_AUDIENCE);
        gate.revokeToken(grant.access());

        assertThat(revoked()).isEmpty();
    }
}
