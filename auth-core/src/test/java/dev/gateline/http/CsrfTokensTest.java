package dev.gateline.http;

import static dev.gateline.Rejection.CROSS_ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.Claims;
import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.spi.Secrets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class CsrfTokensTest {
    private static final Optional<Identity> NOBODY = Optional.empty();

    private final CsrfTokens csrf = CsrfTokens.create(new SecretKeySpec(Secrets.bytes(32), "HmacSHA256"));
    private final Optional<Identity> ada = identity("ada", "login-1");

    private static Optional<Identity> identity(String subject, String login) {
        Instant now = Instant.EPOCH;
        return Optional.of(new Identity(subject, new LoginId(login), now, now, now, List.of(), Claims.none()));
    }

    private String token(Optional<Identity> who) {
        return csrf.token(FakeExchange.get(), who);
    }

    private void refuses(FakeExchange exchange, Optional<Identity> who, String field) {
        assertThat(csrf.check(exchange, who, field)).contains(CROSS_ORIGIN);
    }

    @Test
    void check_tokenOfTheLogin_passesInFieldHeaderOrBoth() {
        String token = token(ada);

        assertThat(csrf.check(FakeExchange.post(), ada, token)).isEmpty();
        assertThat(csrf.check(FakeExchange.post().with("x-csrf-token", token), ada, ""))
                .isEmpty();
        assertThat(csrf.check(FakeExchange.post().with("X-CSRF-Token", token), ada, token))
                .isEmpty();
        assertThat(token).hasSize(64).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void check_sameLoginLater_isStillGood() {
        assertThat(csrf.check(FakeExchange.post(), identity("ada", "login-1"), token(ada)))
                .isEmpty();
    }

    @Test
    void check_anotherUsersOrAnEarlierLogins_isRefused() {
        refuses(FakeExchange.post(), identity("grace", "login-2"), token(ada));
        refuses(FakeExchange.post(), identity("ada", "login-2"), token(ada));
    }

    @Test
    void check_missing_isRefused() {
        refuses(FakeExchange.post(), ada, "");
        refuses(FakeExchange.post(), NOBODY, "");
        refuses(FakeExchange.post().with("X-CSRF-Token", ""), ada, "");
        refuses(FakeExchange.post().with("Cookie", "__Host-csrf=" + token(ada)), ada, "");
    }

    @Test
    void check_twoThatDiffer_isRefused() {
        refuses(FakeExchange.post().with("X-CSRF-Token", token(ada)), ada, token(ada));
        String token = token(ada);
        refuses(FakeExchange.post().with("X-CSRF-Token", token).with("X-CSRF-Token", token), ada, "");
    }

    @Test
    void check_alteredCutOrExtendedAnywhere_isRefused() {
        String token = token(ada);
        for (int i = 0; i < token.length(); i++) {
            StringBuilder changed = new StringBuilder(token);
            changed.setCharAt(i, token.charAt(i) == 'A' ? 'B' : 'A');
            refuses(FakeExchange.post(), ada, changed.toString());
            refuses(FakeExchange.post(), ada, token.substring(0, i));
        }
        refuses(FakeExchange.post(), ada, token + "A");
        refuses(FakeExchange.post(), ada, token + "=");
        refuses(FakeExchange.post(), ada, "A".repeat(1 << 20));
    }

    @Test
    void check_otherKey_isRefused() {
        CsrfTokens other = CsrfTokens.create(new SecretKeySpec(Secrets.bytes(32), "HmacSHA256"));

        refuses(FakeExchange.post(), ada, other.token(FakeExchange.get(), ada));
    }

    @Test
    void token_twice_differs() {
        assertThat(token(ada)).isNotEqualTo(token(ada));
    }

    @Test
    void token_visitor_isBoundToACookieOfItsOwn() {
        FakeExchange page = FakeExchange.get();
        String token = csrf.token(page, NOBODY);
        String set = page.added.get(0);
        String cookie = set.substring("Set-Cookie: ".length(), set.indexOf(';'));

        assertThat(set).startsWith("Set-Cookie: __Host-csrf=").endsWith("; Path=/; Secure; HttpOnly; SameSite=Lax");
        assertThat(page.added).contains("Cache-Control: no-store");
        assertThat(csrf.check(FakeExchange.post().with("Cookie", cookie), NOBODY, token))
                .isEmpty();
        refuses(FakeExchange.post(), NOBODY, token);
        refuses(FakeExchange.post().with("Cookie", "__Host-csrf=" + Secrets.id()), NOBODY, token);
        refuses(FakeExchange.post().with("Cookie", cookie + "; __Host-csrf=" + Secrets.id()), NOBODY, token);
        refuses(FakeExchange.post().with("Cookie", cookie), ada, token);
    }

    @Test
    void token_visitorWithACookie_keepsIt() {
        String cookie = "__Host-csrf=" + Secrets.id();
        FakeExchange page = FakeExchange.get().with("Cookie", cookie);
        String token = csrf.token(page, NOBODY);

        assertThat(page.added).isEmpty();
        assertThat(csrf.check(FakeExchange.post().with("Cookie", cookie), NOBODY, token))
                .isEmpty();
    }

    @Test
    void check_loginNamedLikeAVisitor_isNoVisitor() {
        String value = Secrets.id();
        String token = csrf.token(FakeExchange.get().with("Cookie", "__Host-csrf=" + value), NOBODY);

        refuses(FakeExchange.post(), identity("ada", value), token);
    }

    @Test
    void create_weakKey_isRefused() {
        byte[] same = new byte[32];
        Arrays.fill(same, (byte) 7);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsrfTokens.create(new SecretKeySpec(Secrets.bytes(31), "HmacSHA256")))
                .withMessageContaining("32");
        assertThatIllegalArgumentException().isThrownBy(() -> CsrfTokens.create(new SecretKeySpec(same, "HmacSHA256")));
    }

    @Test
    void toString_showsNoKey() {
        assertThat(csrf.toString()).isEqualTo("CsrfTokens[__Host-csrf]");
        assertThat(csrf.insecureCookieForLocalDevelopment().toString()).isEqualTo("CsrfTokens[insecure-csrf]");
    }
}
