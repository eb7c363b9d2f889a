package dev.gateline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Claims;
import dev.gateline.FakeAuthenticator;
import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Identities that were accepted, and are looked at again, over the lanes of one host. */
class HttpAuthStreamTest {
    private final FakeAuthenticator cookies = new FakeAuthenticator("gs_");
    private final FakeAuthenticator bearers = new FakeAuthenticator("ey");
    private final HttpAuth auth = HttpAuth.builder()
            .lane(CookieCarrier.create(), cookies)
            .lane(BearerCarrier.create(), bearers)
            .origin("https://park.example")
            .build();

    private static Identity identity(String realm) {
        Instant now = FakeAuthenticator.NOW;
        Instant end = now.plusSeconds(300);
        LoginId login = new LoginId("login");
        return new Identity("ada", login, now, now, end, List.of(), Claims.none(), realm, 0, 0, "");
    }

    @Test
    void recheck_identityOfALane_isAnsweredThereAndOthersAreUnknown() {
        assertThat(auth.recheck(identity("ey"), Requirement.none())).isEqualTo(Outcome.accepted(identity("ey")));
        assertThat(auth.recheck(identity("another"), Requirement.none()))
                .isEqualTo(Outcome.rejected(Rejection.UNKNOWN));
    }

    @Test
    void onEnded_untilClosed_listensInAllLanes() {
        auth.onEnded(ending -> {}).close();
        assertThat(cookies.calls).containsExactly("onEnded", "ended listening");
        assertThat(bearers.calls).containsExactly("onEnded", "ended listening");
    }

    @Test
    void tryAuthenticate_requestOfAUser_isAnsweredIfMemoryKnows() {
        FakeExchange request = FakeExchange.get().with("Cookie", "__Host-Http-id=gs_ok");
        assertThat(auth.tryAuthenticate(request)).isEmpty();
        cookies.remembers = true;
        assertThat(auth.tryAuthenticate(request))
                .hasValueSatisfying(it -> assertThat(it.map(Identity::subject)).isEqualTo(Outcome.accepted("ada")));
        assertThat(auth.tryAuthenticate(FakeExchange.get())).contains(Outcome.rejected(Rejection.MISSING));
    }
}
