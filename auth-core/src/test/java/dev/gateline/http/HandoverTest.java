package dev.gateline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.Credential;
import dev.gateline.FakeAuthenticator;
import dev.gateline.Grant;
import dev.gateline.GrantCheck;
import dev.gateline.Login;
import dev.gateline.LoginRefusedException;
import dev.gateline.Rejection;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HandoverTest {
    private static final Login ADA = Login.of("ada");

    private final FakeAuthenticator cookies = new FakeAuthenticator("gs_");
    private final FakeAuthenticator bearers = new FakeAuthenticator("ey");
    private final HttpAuth auth = HttpAuth.builder()
            .lane(CookieCarrier.create(), cookies)
            .lane(BearerCarrier.create(), bearers)
            .origin("https://park.example")
            .insecureCrossOriginAllowedAt("/callback")
            .insecureCrossOriginAllowedIf(it -> it.path().startsWith("/magic/"))
            .clock(Clock.fixed(FakeAuthenticator.NOW, ZoneOffset.UTC))
            .build();

    private static FakeExchange browser() {
        return FakeExchange.post().fromOurPage().with("Cookie", "__Host-Http-id=gs_ok");
    }

    static List<BiConsumer<HttpAuth, Exchange>> changes() {
        return List.of(
                (auth, exchange) -> auth.login(exchange, ADA),
                HttpAuth::renew,
                (auth, exchange) -> auth.reauthenticate(exchange, ADA));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void change_responseAlreadySent_isRefusedBeforeAnythingChanges(BiConsumer<HttpAuth, Exchange> change) {
        FakeExchange exchange = browser();
        exchange.committed = true;
        assertThatIllegalStateException()
                .isThrownBy(() -> change.accept(auth, exchange))
                .withMessageContaining("sent");
        assertThat(cookies.calls).isEmpty();
        assertThat(exchange.added).isEmpty();
    }

    /** The check of size comes before anything is written, in each of them. */
    @ParameterizedTest
    @MethodSource("changes")
    void change_grantThatDoesNotFitTheCookie_setsAndEndsNothing(BiConsumer<HttpAuth, Exchange> change) {
        cookies.access = "x".repeat(CookieCarrier.MAX_SIZE);
        FakeExchange exchange = browser();
        assertThatThrownBy(() -> change.accept(auth, exchange))
                .isInstanceOf(LoginRefusedException.class)
                .hasMessageContaining("4096");
        assertThat(exchange.added).isEmpty();
        assertThat(cookies.calls).hasSize(1).noneMatch(call -> call.startsWith("logout"));
    }

    @Test
    void reauthenticate_responseThatTakesNoHeader_doesNotEndTheLogin() {
        FakeExchange exchange = browser();
        exchange.failing = true;
        assertThatIllegalStateException().isThrownBy(() -> auth.reauthenticate(exchange, ADA));
        assertThat(cookies.calls).containsExactly("reauthenticate gs_ok");
    }

    @Test
    void login_responseThatTakesNoHeader_takesBackWhatNobodyGot() {
        FakeExchange exchange = FakeExchange.post().fromOurPage();
        exchange.failing = true;
        assertThatIllegalStateException().isThrownBy(() -> auth.login(exchange, ADA));
        assertThat(cookies.calls).containsExactly("login ada", "logout gs_ok");
    }

    @Test
    void authenticate_expiredCookieAndResponseAlreadySent_isAcceptedAndHandsOutNothing() {
        cookies.renewal = "gs_renewal-ok";
        FakeExchange exchange =
                FakeExchange.get().with("Cookie", "__Host-Http-id=gs_old; __Host-Http-id-renewal=gs_ok");
        exchange.committed = true;
        assertThat(auth.authenticate(exchange).toOptional()).isPresent();
        assertThat(exchange.added).isEmpty();
    }

    @Test
    void login_navigationWithoutBrowserHeaders_neverGetsATokenInTheBody() {
        FakeExchange callback =
                new FakeExchange("GET", "/callback").with("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        Issued issued = auth.login(callback, ADA).toOptional().orElseThrow();
        assertThat(issued.body()).isEqualTo("{\"expires_in\":300}");
        assertThat(callback.added).anyMatch(line -> line.startsWith("Set-Cookie: __Host-Http-id=gs_ok"));
        assertThat(bearers.calls).isEmpty();
    }

    /** It is a browser's, and so it needs the proof of origin. */
    @Test
    void login_navigationWithoutBrowserHeadersElsewhere_isCrossOrigin() {
        FakeExchange elsewhere = FakeExchange.get().with("Accept", "text/html");
        assertThat(auth.checkLogin(elsewhere)).contains(Rejection.CROSS_ORIGIN);
        assertThat(auth.login(elsewhere, ADA).rejection()).contains(Rejection.CROSS_ORIGIN);
    }

    @Test
    void login_programThatAcceptsAnything_getsATokenInTheBody() {
        FakeExchange program = FakeExchange.post().with("Accept", "*/*");
        assertThat(auth.login(program, ADA).toOptional().orElseThrow().body()).contains("\"access_token\":\"eyok\"");
    }

    @Test
    void login_laneNamedByTheHost_isTakenWhateverTheHeaders() {
        FakeExchange callback = new FakeExchange("GET", "/callback");
        assertThat(auth.checkLogin(callback, Lane.COOKIES)).isEmpty();
        assertThat(auth.login(callback, ADA, Lane.COOKIES)
                        .toOptional()
                        .orElseThrow()
                        .body())
                .isEqualTo("{\"expires_in\":300}");
        FakeExchange webView = FakeExchange.post().with("Origin", "capacitor://localhost");
        assertThat(auth.login(webView, ADA, Lane.BEARER)
                        .toOptional()
                        .orElseThrow()
                        .body())
                .contains("eyok");
        assertThat(webView.added).noneMatch(line -> line.startsWith("Set-Cookie"));
    }

    @Test
    void login_cookiesNamedByTheHostWithoutProofOfOrigin_isCrossOrigin() {
        FakeExchange unproved = FakeExchange.post();
        assertThat(auth.checkLogin(unproved, Lane.COOKIES)).contains(Rejection.CROSS_ORIGIN);
        assertThat(auth.login(unproved, ADA, Lane.COOKIES).rejection()).contains(Rejection.CROSS_ORIGIN);
        assertThat(cookies.calls).isEmpty();
    }

    @Test
    void login_laneThatIsNotWired_isRefusedByName() {
        HttpAuth programsOnly =
                HttpAuth.builder().lane(BearerCarrier.create(), bearers).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> programsOnly.login(FakeExchange.post(), ADA, Lane.COOKIES))
                .withMessageContaining("COOKIES");
        assertThat(bearers.calls).isEmpty();
    }

    @Test
    void login_linkFromWebmailAtAnExemptPath_isPermittedAndElsewhereNot() {
        FakeExchange link = new FakeExchange("GET", "/magic/abc").with("Sec-Fetch-Site", "cross-site");
        assertThat(auth.login(link, ADA).toOptional()).isPresent();
        FakeExchange other = new FakeExchange("GET", "/magical").with("Sec-Fetch-Site", "cross-site");
        assertThat(auth.login(other, ADA).rejection()).contains(Rejection.CROSS_ORIGIN);
    }

    @Test
    void login_requestWithCredentialsInTwoLanes_endsBoth() {
        FakeExchange exchange = browser().with("Authorization", "Bearer eyok");
        assertThat(auth.login(exchange, ADA).toOptional()).isPresent();
        assertThat(cookies.calls).contains("login ada", "logout gs_ok");
        assertThat(bearers.calls).contains("logout eyok");
    }

    @Test
    void login_hostNamesTheLoginToReplace_endsThatOneAndTheOneOfTheRequest() {
        Login replacing = ADA.replacing(Credential.of("gs_other-ok"));
        assertThat(auth.login(browser(), replacing).toOptional()).isPresent();
        assertThat(cookies.calls).containsExactly("login ada", "logout gs_other-ok", "logout gs_ok");
    }

    @Test
    void login_requestWithALogin_isToldToReplaceItByTheCredentialThatIsGoodForLongest() {
        List<Credential> replaced = new ArrayList<>();
        FakeAuthenticator noting = new FakeAuthenticator("gs_") {
            @Override
            public Grant login(Login login, GrantCheck check) {
                login.replaces().ifPresent(replaced::add);
                return super.login(login, check);
            }
        };
        HttpAuth own = HttpAuth.builder()
                .lane(CookieCarrier.create(), noting)
                .origin("https://park.example")
                .build();
        FakeExchange both = FakeExchange.post()
                .fromOurPage()
                .with("Cookie", "__Host-Http-id=gs_ok; __Host-Http-id-renewal=gs_longer-ok");

        own.login(browser(), ADA);
        own.login(both, ADA);

        assertThat(replaced).containsExactly(Credential.of("gs_ok"), Credential.of("gs_longer-ok"));
    }

    /** Cookies of other forms are cleared only if they came. */
    @Test
    void login_oneCookieOfALimitedPath_setsItAndClearsNone() {
        HttpAuth own = HttpAuth.builder()
                .lane(CookieCarrier.create().insecureLimitedToPath("/app"), cookies)
                .origin("https://park.example")
                .build();
        FakeExchange exchange =
                new FakeExchange("POST", "/app/login").fromOurPage().with("Cookie", "__Secure-id=gs_ok");

        assertThat(own.login(exchange, ADA).toOptional()).isPresent();

        assertThat(exchange.added)
                .filteredOn(line -> line.startsWith("Set-Cookie"))
                .noneMatch(line -> line.contains("__Secure-id=; Max-Age=0"));
    }

    @Test
    void logout_accessCookieOfAnotherLiveLogin_endsThatOneToo() {
        FakeExchange exchange = FakeExchange.post()
                .fromOurPage()
                .with("Cookie", "__Host-Http-id=gs_other-ok; __Host-Http-id-renewal=gs_ok");
        assertThat(auth.logout(exchange).toOptional()).isPresent();
        assertThat(cookies.calls).containsSubsequence("logout gs_ok", "logout gs_other-ok");
    }

    /** Access tokens of JWTs don't live longer than their renewal credential, of which there are two here. */
    @Test
    void login_twoRenewalCookies_endsBothLogins() {
        FakeExchange exchange = FakeExchange.post()
                .fromOurPage()
                .with("Cookie", "__Host-Http-id=gs_x; __Host-Http-id-renewal=gs_a; __Host-Http-id-renewal=gs_b");
        assertThat(auth.login(exchange, ADA).toOptional()).isPresent();
        assertThat(cookies.calls).contains("login ada", "logout gs_a", "logout gs_b");
    }
}
