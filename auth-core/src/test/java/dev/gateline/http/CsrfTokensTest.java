package dev.gateline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.Claims;
import dev.gateline.FakeAuthenticator;
import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.Rejection;
import dev.gateline.internal.Base64Url;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsrfTokensTest {
    private static final Optional<Identity> NOBODY = Optional.empty();
    private static final Optional<Identity> ADA = user("ada", "login-1");
    private static final String TOSSED = "AAAAAAAAAAAAAAAAAAAAAA";

    private final CsrfTokens tokens = CsrfTokens.create(key(1, 32));

    private static SecretKey key(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return new SecretKeySpec(bytes, "HmacSHA256");
    }

    private static Optional<Identity> user(String subject, String login) {
        return user(subject, login, FakeAuthenticator.NOW);
    }

    private static Optional<Identity> user(String subject, String login, Instant issuedAt) {
        return Optional.of(new Identity(
                subject,
                new LoginId(login),
                FakeAuthenticator.NOW,
                issuedAt,
                issuedAt.plusSeconds(300),
                List.of(),
                Claims.none()));
    }

    private String tokenOf(Optional<Identity> who) {
        return tokens.token(FakeExchange.get(), who);
    }

    private boolean passes(FakeExchange exchange, Optional<Identity> who, String field) {
        boolean passes = tokens.check(exchange, who, field).isEmpty();
        if (!passes) {
            assertThat(tokens.check(exchange, who, field)).contains(Rejection.CROSS_ORIGIN);
        }
        assertThat(exchange.added).isEmpty();
        return passes;
    }

    private boolean passes(Optional<Identity> who, String field) {
        return passes(FakeExchange.post(), who, field);
    }

    private static FakeExchange sending(String token) {
        return FakeExchange.post().with("X-CSRF-Token", token);
    }

    /** A visitor's page: the cookie that it set, {@code name=value}, and the token in it. */
    private record Page(String cookie, String token) {
        static Page of(CsrfTokens tokens) {
            FakeExchange exchange = FakeExchange.get();
            String token = tokens.token(exchange, NOBODY);
            String set = exchange.added.get(2).substring("Set-Cookie: ".length());
            return new Page(set.substring(0, set.indexOf(';')), token);
        }

        FakeExchange post() {
            return FakeExchange.post().with("Cookie", cookie);
        }
    }

    @Test
    void token_user_passesInTheFieldInTheHeaderAndInBoth() {
        String token = tokenOf(ADA);
        assertThat(token).matches("[A-Za-z0-9_-]{64}");
        assertThat(passes(ADA, token)).isTrue();
        assertThat(passes(sending(token), ADA, "")).isTrue();
        assertThat(passes(sending(token), ADA, token)).isTrue();
        assertThat(tokens.check(sending(token), ADA, "")).isEmpty();
        assertThat(tokens.check(FakeExchange.post().with("x-csrf-token", token), ADA, ""))
                .isEmpty();
    }

    /** A partner's token may name the public id of a login. */
    @Test
    void check_loginOfAnotherRealm_isRefused() {
        Identity ada = ADA.orElseThrow();
        Optional<Identity> partner = Optional.of(new Identity(
                ada.subject(),
                ada.loginId(),
                ada.authenticatedAt(),
                ada.issuedAt(),
                ada.expiresAt(),
                ada.methods(),
                ada.claims(),
                "gr_partner",
                0,
                0,
                "https://partner.example"));
        assertThat(passes(ADA, tokenOf(partner))).isFalse();
        assertThat(passes(partner, tokenOf(ADA))).isFalse();
        assertThat(passes(partner, tokenOf(partner))).isTrue();
    }

    @Test
    void token_askedOften_differsEachTimeAndAllPass() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String token = tokenOf(ADA);
            assertThat(seen.add(token)).isTrue();
            assertThat(passes(ADA, token)).isTrue();
        }
    }

    @Test
    void token_askedTwice_sharesNoPartOfTheText() {
        String first = tokenOf(ADA);
        String second = tokenOf(ADA);
        for (int at = 0; at + 8 <= first.length(); at++) {
            assertThat(second).doesNotContain(first.substring(at, at + 8));
        }
    }

    /** Nodes of two versions have to agree. */
    @ParameterizedTest
    @ValueSource(ints = {1, 248, 249, 255})
    void token_user_isRandomAndMacOverPurposeLoginAndRandom(int length) throws Exception {
        String login = "l".repeat(length);
        byte[] token = Base64Url.decode(tokenOf(user("ada", login)), 0, 64).orElseThrow();
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        String binding = "login  " + login;
        input.writeBytes("Gateline CSRF token".getBytes(StandardCharsets.US_ASCII));
        input.write(binding.length() / 256);
        input.write(binding.length() % 256);
        input.writeBytes(binding.getBytes(StandardCharsets.US_ASCII));
        input.write(token, 0, 16);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key(1, 32));
        assertThat(Arrays.copyOfRange(token, 16, 48)).isEqualTo(mac.doFinal(input.toByteArray()));
    }

    @Test
    void token_user_setsNoCookieAndKeepsCachesAway() {
        FakeExchange exchange = FakeExchange.get();
        tokens.token(exchange, ADA);
        assertThat(exchange.added).containsExactly("Cache-Control: no-store", "Vary: Cookie");
    }

    @Test
    void token_visitorWithoutACookie_getsOneAndKeepsCachesAway() {
        FakeExchange exchange = FakeExchange.get();
        tokens.token(exchange, NOBODY);
        assertThat(exchange.added).hasSize(3).startsWith("Cache-Control: no-store", "Vary: Cookie");
        assertThat(exchange.added.get(2))
                .matches("Set-Cookie: __Host-Http-csrf=[A-Za-z0-9_-]{22}; Path=/; Secure; HttpOnly; SameSite=Lax");
    }

    @Test
    void token_visitorWithACookie_keepsItAndOlderTokensPass() {
        Page page = Page.of(tokens);
        FakeExchange again = FakeExchange.get().with("Cookie", page.cookie());
        String second = tokens.token(again, NOBODY);
        assertThat(again.added).containsExactly("Cache-Control: no-store", "Vary: Cookie");
        assertThat(second).isNotEqualTo(page.token());
        assertThat(passes(page.post(), NOBODY, second)).isTrue();
        assertThat(passes(page.post(), NOBODY, page.token())).isTrue();
        assertThat(passes(page.post().with("X-CSRF-Token", second), NOBODY, "")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAB", "AAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAA", "\"AA\""})
    void token_visitorWithACookieNotOfOurs_getsANewOne(String value) {
        FakeExchange exchange = FakeExchange.get().with("Cookie", "__Host-Http-csrf=" + value);
        String token = tokens.token(exchange, NOBODY);
        assertThat(exchange.added).hasSize(3);
        assertThat(passes(FakeExchange.post().with("Cookie", "__Host-Http-csrf=" + value), NOBODY, token))
                .isFalse();
    }

    @Test
    void check_missingOrEmpty_isCrossOrigin() {
        assertThat(passes(ADA, "")).isFalse();
        assertThat(passes(NOBODY, "")).isFalse();
        assertThat(passes(sending(""), ADA, "")).isFalse();
        assertThat(passes(sending(""), ADA, tokenOf(ADA))).isFalse();
        assertThat(tokens.check(FakeExchange.post(), ADA, "")).contains(Rejection.CROSS_ORIGIN);
        assertThat(tokens.check(FakeExchange.post(), NOBODY, "")).contains(Rejection.CROSS_ORIGIN);
    }

    @Test
    void check_otherUsersToken_isCrossOrigin() {
        assertThat(passes(user("eve", "login-2"), tokenOf(ADA))).isFalse();
        assertThat(passes(ADA, tokenOf(user("eve", "login-2")))).isFalse();
    }

    @Test
    void check_tokenOfAnEarlierLoginOfTheSameUser_isCrossOrigin() {
        assertThat(passes(user("ada", "login-2"), tokenOf(ADA))).isFalse();
    }

    @Test
    void check_sameLoginAfterItsSecretRotated_passes() {
        Optional<Identity> later = user("ada", "login-1", FakeAuthenticator.NOW.plusSeconds(900));
        assertThat(passes(later, tokenOf(ADA))).isTrue();
    }

    @Test
    void check_tokenFromBeforeTheLogin_isCrossOriginAlsoWithItsCookie() {
        Page page = Page.of(tokens);
        assertThat(passes(page.post(), ADA, page.token())).isFalse();
        assertThat(passes(ADA, page.token())).isFalse();
    }

    @Test
    void check_loginsTokenAfterTheLogout_isCrossOrigin() {
        assertThat(passes(Page.of(tokens).post(), NOBODY, tokenOf(ADA))).isFalse();
        assertThat(passes(NOBODY, tokenOf(ADA))).isFalse();
    }

    @Test
    void check_loginNamedLikeAVisitorsCookie_isNotTheVisitor() {
        Page page = Page.of(tokens);
        String value = page.cookie().substring("__Host-Http-csrf=".length());
        assertThat(passes(user("eve", value), page.token())).isFalse();
        assertThat(passes(page.post(), NOBODY, tokenOf(user("eve", value)))).isFalse();
    }

    @Test
    void check_loginOf255Characters_passesAndItsPrefixDoesNot() {
        Optional<Identity> longest = user("ada", "l".repeat(255));
        assertThat(passes(longest, tokenOf(longest))).isTrue();
        assertThat(passes(user("ada", "l".repeat(254)), tokenOf(longest))).isFalse();
    }

    @Test
    void check_alteredAtAnyPosition_isCrossOrigin() {
        String token = tokenOf(ADA);
        for (int at = 0; at < token.length(); at++) {
            char other = token.charAt(at) == 'A' ? 'B' : 'A';
            String altered = token.substring(0, at) + other + token.substring(at + 1);
            assertThat(passes(ADA, altered)).as(altered).isFalse();
        }
    }

    @Test
    void check_truncatedAtAnyPosition_isCrossOrigin() {
        String token = tokenOf(ADA);
        for (int length = 0; length < token.length(); length++) {
            assertThat(passes(ADA, token.substring(0, length))).isFalse();
            assertThat(passes(ADA, token.substring(token.length() - length))).isFalse();
        }
    }

    @Test
    void check_anotherSpelling_isCrossOrigin() {
        String token = tokenOf(ADA);
        for (String altered : List.of(
                token + "=",
                token + "A",
                token + token,
                " " + token,
                token + " ",
                token + "\n",
                "\"" + token + "\"",
                token.substring(0, 63) + "=",
                token.substring(0, 63) + "+",
                token.substring(0, 63) + "\u00e9",
                token.substring(0, 63) + "%")) {
            assertThat(passes(ADA, altered)).as(altered).isFalse();
        }
        assertThat(passes(ADA, "A".repeat(64))).isFalse();
        assertThat(passes(ADA, "A".repeat(1 << 24))).isFalse();
    }

    @Test
    void check_tokenUnderAnotherKey_isCrossOrigin() {
        CsrfTokens others = CsrfTokens.create(key(2, 32));
        assertThat(passes(ADA, others.token(FakeExchange.get(), ADA))).isFalse();
        Page page = Page.of(others);
        assertThat(passes(page.post(), NOBODY, page.token())).isFalse();
    }

    @Test
    void check_tokenOfAnotherNodeWithTheSameKey_passes() {
        CsrfTokens node = CsrfTokens.create(key(1, 32));
        assertThat(passes(ADA, node.token(FakeExchange.get(), ADA))).isTrue();
        Page page = Page.of(node);
        assertThat(passes(page.post(), NOBODY, page.token())).isTrue();
    }

    @Test
    void check_cookieOnly_isCrossOrigin() {
        Page page = Page.of(tokens);
        String value = page.cookie().substring("__Host-Http-csrf=".length());
        assertThat(passes(page.post(), NOBODY, "")).isFalse();
        assertThat(passes(page.post(), NOBODY, value)).isFalse();
        assertThat(passes(page.post().with("X-CSRF-Token", value), NOBODY, "")).isFalse();
        assertThat(passes(FakeExchange.post().with("Cookie", "__Host-Http-csrf=" + page.token()), NOBODY, page.token()))
                .isFalse();
        assertThat(passes(FakeExchange.post().with("Cookie", "X-CSRF-Token=" + tokenOf(ADA)), ADA, ""))
                .isFalse();
    }

    @Test
    void check_visitorsTokenWithoutOrWithAnotherCookie_isCrossOrigin() {
        Page page = Page.of(tokens);
        assertThat(passes(NOBODY, page.token())).isFalse();
        assertThat(passes(Page.of(tokens).post(), NOBODY, page.token())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "csrf",
                "__host-http-csrf",
                "__Host-csrf",
                "__%48ost-Http-csrf",
                "\u00a0__Host-Http-csrf",
                "=__Host-Http-csrf",
                "insecure-csrf"
            })
    void check_visitorsCookieUnderAnotherName_isCrossOrigin(String name) {
        Page page = Page.of(tokens);
        String cookie = page.cookie().replace("__Host-Http-csrf", name);
        assertThat(passes(FakeExchange.post().with("Cookie", cookie), NOBODY, page.token()))
                .isFalse();
    }

    @Test
    void check_visitorsCookieTwice_passesIfEqualAndIsCrossOriginIfNot() {
        Page page = Page.of(tokens);
        assertThat(passes(page.post().with("Cookie", page.cookie()), NOBODY, page.token()))
                .isTrue();
        String tossed = "__Host-Http-csrf=" + TOSSED;
        assertThat(passes(page.post().with("Cookie", tossed), NOBODY, page.token()))
                .isFalse();
        FakeExchange reversed = FakeExchange.post().with("Cookie", tossed + "; " + page.cookie());
        assertThat(passes(reversed, NOBODY, page.token())).isFalse();
        assertThat(passes(page.post().with("Cookie", "a=b;".repeat(201)), NOBODY, page.token()))
                .isFalse();
    }

    @Test
    void check_headerTwice_isCrossOriginAlsoIfEqual() {
        String token = tokenOf(ADA);
        assertThat(passes(sending(token).with("X-CSRF-Token", token), ADA, "")).isFalse();
        assertThat(passes(sending(token).with("X-CSRF-Token", token), ADA, token))
                .isFalse();
        assertThat(passes(sending("").with("X-CSRF-Token", token), ADA, "")).isFalse();
        assertThat(passes(sending(token + ", " + token), ADA, "")).isFalse();
    }

    @Test
    void check_headerAndFieldThatDiffer_isCrossOriginAlsoIfBothAreValid() {
        assertThat(passes(sending(tokenOf(ADA)), ADA, tokenOf(ADA))).isFalse();
        assertThat(passes(sending(tokenOf(ADA)), ADA, "x")).isFalse();
        assertThat(passes(sending("x"), ADA, tokenOf(ADA))).isFalse();
    }

    @Test
    void insecureCookieForLocalDevelopment_visitor_hasACookieOfAnotherNameThatIsNotSecure() {
        CsrfTokens local = tokens.insecureCookieForLocalDevelopment();
        FakeExchange exchange = FakeExchange.get();
        local.token(exchange, NOBODY);
        assertThat(exchange.added.get(2))
                .matches("Set-Cookie: insecure-csrf=[A-Za-z0-9_-]{22}; Path=/; HttpOnly; SameSite=Lax");
        Page page = Page.of(local);
        assertThat(local.check(page.post(), NOBODY, page.token())).isEmpty();
        assertThat(passes(page.post(), NOBODY, page.token())).isFalse();
        assertThat(passes(ADA, local.token(FakeExchange.get(), ADA))).isTrue();
    }

    @Test
    void create_32Bytes_isTakenAndLessIsRefused() {
        assertThat(CsrfTokens.create(key(1, 64))).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsrfTokens.create(key(1, 31)))
                .withMessageContaining("32 random bytes");
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 1, -1})
    void create_bytesAllEqual_isRefused(byte value) {
        byte[] bytes = new byte[64];
        Arrays.fill(bytes, value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsrfTokens.create(new SecretKeySpec(bytes, "HmacSHA256")))
                .withMessageContaining("one repeated byte or block");
    }

    /** Shows what it was given: nothing, as a key in hardware, or its own bytes and not a copy. */
    private static final class HostsKey implements SecretKey {
        private static final long serialVersionUID = 1;

        private final byte @Nullable [] bytes;

        HostsKey(byte @Nullable [] bytes) {
            this.bytes = bytes;
        }

        @Override
        public String getAlgorithm() {
            return "HmacSHA256";
        }

        @Override
        public String getFormat() {
            return "none";
        }

        @Override
        @SuppressWarnings("NullAway")
        public byte[] getEncoded() {
            return bytes;
        }
    }

    @Test
    void create_keyThatDoesNotShowItsBytes_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsrfTokens.create(new HostsKey(null)))
                .withMessageContaining("32 random bytes");
    }

    @Test
    void create_keyThatShowsItsOwnBytes_isLeftAloneAndCopied() {
        byte[] bytes = key(1, 32).getEncoded();
        CsrfTokens same = CsrfTokens.create(new HostsKey(bytes));
        assertThat(bytes).isEqualTo(key(1, 32).getEncoded());
        assertThat(passes(ADA, same.token(FakeExchange.get(), ADA))).isTrue();
        Arrays.fill(bytes, (byte) 0);
        assertThat(passes(ADA, same.token(FakeExchange.get(), ADA))).isTrue();
    }

    @Test
    void toString_always_holdsNoSecret() {
        assertThat(tokens.toString()).isEqualTo("CsrfTokens[__Host-Http-csrf]");
    }
}
