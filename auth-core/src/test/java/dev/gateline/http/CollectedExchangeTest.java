package dev.gateline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gateline.Credential;
import dev.gateline.FakeAuthenticator;
import dev.gateline.Grant;
import dev.gateline.GrantCheck;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectedExchangeTest {
    private final List<String> sent = new ArrayList<>();

    private static CollectedExchangeBuilder request() {
        return CollectedExchange.of("POST", "/login").header("Sec-Fetch-Site", "same-origin");
    }

    private void deliver(CollectedExchange exchange) {
        exchange.deliver((name, value) -> sent.add(name + ": " + value));
    }

    @Test
    void headers_ofOneNameInAnyCase_areReadInOrder() {
        CollectedExchange exchange = CollectedExchange.of("GET", "/me")
                .header("Cookie", "a=1")
                .header("cookie", "b=2")
                .remoteAddress("203.0.113.7")
                .build();

        assertThat(exchange.headers("COOKIE")).containsExactly("a=1", "b=2");
        assertThat(exchange.headers("Authorization")).isEmpty();
        assertThat(exchange.remoteAddress()).isEqualTo("203.0.113.7");
    }

    @Test
    void deliver_severalLines_handsOverEachOnceInOrder() {
        CollectedExchange exchange = request().build();
        exchange.addHeader("Set-Cookie", "a=1");
        exchange.addHeader("Set-Cookie", "b=2");
        assertThat(exchange.isCommitted()).isFalse();

        deliver(exchange);
        deliver(exchange);

        assertThat(sent).containsExactly("Set-Cookie: a=1", "Set-Cookie: b=2");
        assertThat(exchange.isCommitted()).isTrue();
    }

    @Test
    void addHeader_afterTheDelivery_isRefused() {
        CollectedExchange exchange = request().build();
        deliver(exchange);

        assertThatIllegalStateException()
                .isThrownBy(() -> exchange.addHeader("Set-Cookie", "id=secret"))
                .withMessageContaining("Set-Cookie")
                .withMessageNotContaining("secret");
    }

    /** After a timeout, for instance. */
    @Test
    void login_responseGoesOutWhileItStarts_isTakenBack() {
        CollectedExchange exchange = request().build();
        Answering gate = new Answering(() -> deliver(exchange));
        HttpAuth auth = HttpAuth.builder()
                .lane(CookieCarrier.create(), gate)
                .origin("https://park.example")
                .clock(Clock.fixed(FakeAuthenticator.NOW, ZoneOffset.UTC))
                .build();

        assertThatIllegalStateException().isThrownBy(() -> auth.login(exchange, Login.of("ada")));

        assertThat(gate.ended).isEqualTo(1);
        assertThat(sent).isEmpty();
    }

    /** An authenticator that is slow to start a login. */
    private static final class Answering extends FakeAuthenticator {
        private final Runnable meanwhile;
        private int ended;

        Answering(Runnable meanwhile) {
            super("gs_");
            this.meanwhile = meanwhile;
        }

        @Override
        public Grant login(Login login, GrantCheck check) {
            Grant grant = super.login(login, check);
            meanwhile.run();
            return grant;
        }

        @Override
        public Outcome<LoginId> logout(Credential credential) {
            ended++;
            return super.logout(credential);
        }
    }
}
