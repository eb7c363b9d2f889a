package dev.gateline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.ClientInfo;
import dev.gateline.CredentialKind;
import dev.gateline.FakeAuthenticator;
import dev.gateline.Login;
import dev.gateline.LoginRefusedException;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAuthTest {
    private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Lax";
    private static final String NO_STORE = "Cache-Control: no-store";
    private static final String BY_COOKIE = "Vary: Cookie";
    private static final String BY_AUTHORIZATION = "Vary: Authorization";

    private static final Map<Rejection, Integer> WITHOUT_CHALLENGE =
            Map.of(Rejection.CROSS_ORIGIN, 403, Rejection.TOO_MANY_ATTEMPTS, 429, Rejection.TOO_LARGE, 431);

    private final FakeAuthenticator cookies = new FakeAuthenticator("gs_");
    private final FakeAuthenticator bearers = new FakeAuthenticator("ey");
    private final List<AuthEvent> events = new ArrayList<>();
    private final HttpAuth auth = HttpAuth.builder()
            .lane(CookieCarrier.create(), cookies)
            .lane(BearerCarrier.create(), bearers)
            .origin("https://park.example")
            .insecureCrossOriginAllowedAt("/callback")
            .clock(Clock.fixed(FakeAuthenticator.NOW, ZoneOffset.UTC))
            .listener(events::add)
            .build();

    private static FakeExchange cookie(String line) {
        return FakeExchange.get().with("Cookie", line);
    }

    private static FakeExchange bearer(String token) {
        return FakeExchange.post().with("Authorization", "Bearer " + token);
    }

    private void accepts(FakeExchange exchange) {
        assertThat(auth.authenticate(exchange).toOptional()).isPresent();
    }

    private void rejects(FakeExchange exchange, Rejection reason) {
        assertThat(auth.authenticate(exchange).rejection()).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__Host-Http-id=gs_ok",
                "a=b; __Host-Http-id=gs_ok; c=d",
                "__Host-Http-id=gs_ok;x=y",
                "x; __Host-Http-id=gs_ok",
                ";;__Host-Http-id=gs_ok",
                "__Host-Http-id=gs_ok; __Host-Http-id=gs_ok"
            })
    void authenticate_cookieAmongOthers_isFound(String line) {
        accepts(cookie(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "=",
                "__host-id=gs_ok",
                "__HOST-ID=gs_ok",
                "__%48ost-id=gs_ok",
                "%5f%5fHost-id=gs_ok",
                "__Host-id=gs_ok",
                "__Host-Http-id=",
                "=__Host-Http-id=gs_ok",
                "__Host-Http-id =gs_ok",
                "__Host-Http-id",
                "__Host-Http-idx=gs_ok",
                "x__Host-Http-id=gs_ok",
                "id=gs_ok",
                "__Secure-id=gs_ok",
                "$Version=1, __Host-Http-id=gs_ok"
            })
    void authenticate_cookieOfAnotherName_isNotOurs(String line) {
        rejects(cookie(line), Rejection.MISSING);
        assertThat(cookies.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "__Host-Http-id=\"gs_ok,\"gs_ok",
        "__Host-Http-id=\"\"gs_ok\"\",\"gs_ok\"",
        "__Host-Http-id=gs%5Fok,gs%5Fok",
        "__Host-Http-id= gs_ok,' gs_ok'"
    })
    void authenticate_valueWithOtherCharacters_isNotDecoded(String line, String presented) {
        auth.authenticate(cookie(line));
        assertThat(cookies.calls).containsExactly("authenticate " + presented);
    }

    @Test
    void authenticate_twoCookiesOfOneName_equalAreOneAndDifferentAreAmbiguous() {
        accepts(cookie("__Host-Http-id=gs_ok").with("Cookie", "__Host-Http-id=gs_ok"));
        rejects(cookie("__Host-Http-id=gs_ok; __Host-Http-id=gs_other"), Rejection.AMBIGUOUS);
        rejects(cookie("__Host-Http-id=gs_ok").with("Cookie", "a=b; __Host-Http-id=x"), Rejection.AMBIGUOUS);
        rejects(cookie("__Host-Http-id-renewal=gs_ok; __Host-Http-id-renewal=gs_other"), Rejection.AMBIGUOUS);
        assertThat(events).hasSize(3).allMatch(event -> event.equals(rejected(Rejection.AMBIGUOUS)));
    }

    private static AuthEvent rejected(Rejection reason) {
        return new AuthEvent.Rejected(
                FakeAuthenticator.NOW, ClientInfo.unknown(), reason, CredentialKind.UNKNOWN, "", "", "");
    }

    @Test
    void client_byDefault_isTheFirstUserAgent() {
        rejects(
                cookie("__Host-Http-id=gs_ok; __Host-Http-id=gs_other")
                        .with("User-Agent", "Firefox")
                        .with("User-Agent", "another"),
                Rejection.AMBIGUOUS);

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        AuthEvent.Rejected.class,
                        event -> assertThat(event.client()).isEqualTo(new ClientInfo("", "Firefox")));
    }

    @Test
    void client_byAFunctionOfTheHost_isTheOneItNames() {
        HttpAuth behindAProxy = HttpAuth.builder()
                .lane(CookieCarrier.create(), cookies)
                .client(exchange -> new ClientInfo(exchange.headers("X-Real-IP").get(0), "any"))
                .origin("https://park.example")
                .listener(events::add)
                .build();

        behindAProxy.authenticate(
                cookie("__Host-Http-id=gs_ok; __Host-Http-id=gs_other").with("X-Real-IP", "192.0.2.7"));

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        AuthEvent.Rejected.class,
                        event -> assertThat(event.client()).isEqualTo(new ClientInfo("192.0.2.7", "any")));
    }

    @Test
    void authenticate_200Cookies_areReadAndMoreAreTooLarge() {
        accepts(cookie("a=b; ".repeat(199) + "__Host-Http-id=gs_ok"));
        accepts(cookie("a=b; ".repeat(199) + "__Host-Http-id=gs_ok;"));
        rejects(cookie("a=b; ".repeat(200) + "__Host-Http-id=gs_ok"), Rejection.TOO_LARGE);
        rejects(cookie("__Host-Http-id=gs_ok" + ";".repeat(201)), Rejection.TOO_LARGE);
    }

    @Test
    void authenticate_16KilobytesOfCookies_areReadAndMoreAreTooLarge() {
        String ours = "__Host-Http-id=gs_ok";
        String half = "a=" + "x".repeat(8190);
        String rest = "; a=" + "x".repeat(8192 - 4 - ours.length());
        accepts(cookie(half).with("Cookie", ours + rest));
        rejects(cookie(half).with("Cookie", ours + rest + "x"), Rejection.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer eyok", "bearer eyok", "BEARER eyok", "Bearer   eyok"})
    void authenticate_bearer_anyCaseAndSpaces(String line) {
        accepts(FakeExchange.get().with("authorization", line));
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer,MALFORMED",
        "'Bearer ',MALFORMED",
        "'Bearer     ',MALFORMED",
        "'Bearer\teyok',MALFORMED",
        "Bearer.eyok,MALFORMED",
        "'Bearer ey\u007fok',MALFORMED",
        "'Bearer eyok ',MALFORMED",
        "Bearer ey ok,MALFORMED",
        "'Bearer =',UNKNOWN",
        "Bearer Bearer eyok,MALFORMED",
        "'Bearer ey\u00e9ok',MALFORMED",
        "'Bearer ey\u0000ok',MALFORMED",
        "Basic eyok,MISSING",
        "BearerX eyok,MISSING",
        "Beareryok,MISSING",
        "eyok,MISSING",
        "'',MISSING",
        "' Bearer eyok',MISSING",
        "Bear,MISSING"
    })
    void authenticate_otherAuthorization_isMalformedOrSomebodyElses(String line, Rejection reason) {
        rejects(FakeExchange.get().with("Authorization", line), reason);
    }

    @Test
    void authenticate_bearerOf8192_isLookedAtAndLongerIsTooLarge() {
        rejects(bearer("x".repeat(8192)), Rejection.UNKNOWN);
        rejects(bearer("x".repeat(8193)), Rejection.TOO_LARGE);
        rejects(bearer("x".repeat(1 << 20)), Rejection.TOO_LARGE);
    }

    @Test
    void authenticate_twoCredentials_areAmbiguousEvenIfEqual() {
        rejects(bearer("eyok").with("Authorization", "Bearer eyok"), Rejection.AMBIGUOUS);
        rejects(cookie("__Host-Http-id=gs_ok").with("Authorization", "Bearer eyok"), Rejection.AMBIGUOUS);
        assertThat(cookies.calls).isEmpty();
        assertThat(bearers.calls).isEmpty();
    }

    @Test
    void authenticate_expiredCookie_isRefreshedOnTheWay() {
        cookies.renewal = "gs_renewal-ok";
        FakeExchange exchange = cookie("__Host-Http-id=gs_old; __Host-Http-id-renewal=gs_ok");
        accepts(exchange);
        assertThat(cookies.calls).containsExactly("authenticate gs_old", "refresh gs_ok", "authenticate gs_ok");
        assertThat(exchange.added)
                .containsExactly(
                        "Set-Cookie: __Host-Http-id=gs_ok" + ATTRIBUTES,
                        "Set-Cookie: __Host-Http-id-renewal=gs_renewal-ok" + ATTRIBUTES,
                        NO_STORE,
                        BY_COOKIE);
    }

    /**
     * The login may go on: a step-up has ended the token, its key is out of service, or it lived under other settings.
     */
    @ParameterizedTest
    @EnumSource
    void authenticate_accessCookieRejectedForAnyReason_isRefreshedIfAnotherTokenMayBeGood(Rejection reason) {
        Set<Rejection> mendable =
                Set.of(Rejection.EXPIRED, Rejection.REVOKED, Rejection.LIVES_TOO_LONG, Rejection.BAD_SIGNATURE);
        FakeExchange exchange = cookie("__Host-Http-id=gs_" + reason + "; __Host-Http-id-renewal=gs_ok");
        if (mendable.contains(reason)) {
            accepts(exchange);
            assertThat(cookies.calls)
                    .containsExactly("authenticate gs_" + reason, "refresh gs_ok", "authenticate gs_ok");
        } else {
            rejects(exchange, reason);
            assertThat(cookies.calls).containsExactly("authenticate gs_" + reason);
            assertThat(exchange.added).isEmpty();
        }
    }

    @Test
    void authenticate_revokedCookieWhoseLoginIsOverToo_isRejectedAndBothStay() {
        FakeExchange exchange = cookie("__Host-Http-id=gs_REVOKED; __Host-Http-id-renewal=gs_dead");
        rejects(exchange, Rejection.EXPIRED);
        assertThat(exchange.added).isEmpty();
    }

    @Test
    void authenticate_onlyTheRenewalCookieIsLeft_isRefreshed() {
        accepts(cookie("__Host-Http-id-renewal=gs_ok"));
        assertThat(cookies.calls).containsExactly("refresh gs_ok", "authenticate gs_ok");
    }

    @Test
    void authenticate_expiredBearer_isNotRenewed() {
        FakeExchange exchange = bearer("ey.old");
        rejects(exchange, Rejection.EXPIRED);
        assertThat(bearers.calls).containsExactly("authenticate ey.old");
        assertThat(exchange.added).isEmpty();
    }

    @Test
    void authenticate_requirementNotMet_isInsufficientAndNotRenewed() {
        Requirement strong = Requirement.none().methods("hwk");
        assertThat(auth.authenticate(cookie("__Host-Http-id=gs_ok"), strong).rejection())
                .contains(Rejection.INSUFFICIENT);
        assertThat(cookies.calls).hasSize(1);
    }

    @Test
    void login_browser_getsOneCookieForASession() {
        FakeExchange exchange = FakeExchange.post().fromOurPage();
        Issued issued = auth.login(exchange, Login.of("ada")).toOptional().orElseThrow();
        assertThat(exchange.added)
                .containsExactly("Set-Cookie: __Host-Http-id=gs_ok" + ATTRIBUTES, NO_STORE, BY_COOKIE);
        assertThat(issued.body()).isEqualTo("{\"expires_in\":300}");
    }

    @Test
    void login_browserWithARenewalCookieOfAnotherStrategy_losesIt() {
        FakeExchange exchange = FakeExchange.post().fromOurPage().with("Cookie", "__Host-Http-id-renewal=gr_before");
        auth.login(exchange, Login.of("ada"));
        assertThat(exchange.added).contains("Set-Cookie: __Host-Http-id-renewal=; Max-Age=0" + ATTRIBUTES);
    }

    @Test
    void login_browserByGetFromAnotherSite_isCrossOrigin() {
        FakeExchange exchange = FakeExchange.get().with("Sec-Fetch-Site", "cross-site");
        assertThat(auth.checkLogin(exchange)).contains(Rejection.CROSS_ORIGIN);
        assertThat(auth.login(exchange, Login.of("eve")).rejection()).contains(Rejection.CROSS_ORIGIN);
        assertThat(cookies.calls).isEmpty();
    }

    @Test
    void logout_byGetFromAnotherSite_isCrossOriginAndEndsNothing() {
        FakeExchange exchange =
                FakeExchange.get().with("Sec-Fetch-Site", "cross-site").with("Cookie", "__Host-Http-id=gs_ok");
        assertThat(auth.logout(exchange).rejection()).contains(Rejection.CROSS_ORIGIN);
        assertThat(auth.renew(exchange).rejection()).contains(Rejection.CROSS_ORIGIN);
        assertThat(cookies.calls).isEmpty();
        assertThat(exchange.added).isEmpty();
    }

    @Test
    void build_bearerLaneBeforeCookies_isRefused() {
        HttpAuthBuilder builder = HttpAuth.builder()
                .lane(BearerCarrier.create(), bearers)
                .lane(CookieCarrier.create(), cookies)
                .origin("https://park.example");
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("cookies comes first");
    }

    @Test
    void login_remembered_isKeptUntilTheLoginEndsAnd400DaysAtMost() {
        Login remembered = Login.builder("ada").remembered(true).build();
        FakeExchange exchange = FakeExchange.post().fromOurPage();
        auth.login(exchange, remembered);
        assertThat(exchange.added).contains("Set-Cookie: __Host-Http-id=gs_ok; Max-Age=900" + ATTRIBUTES);
        cookies.lifetime = Duration.ofDays(4000);
        FakeExchange later = FakeExchange.post().fromOurPage();
        auth.login(later, remembered);
        assertThat(later.added).contains("Set-Cookie: __Host-Http-id=gs_ok; Max-Age=34560000" + ATTRIBUTES);
    }

    @Test
    void login_program_getsATokenInTheBody() {
        FakeExchange exchange = FakeExchange.post();
        bearers.renewal = "ey.renewal";
        Issued issued = auth.login(exchange, Login.of("ada")).toOptional().orElseThrow();
        assertThat(exchange.added).containsExactly(NO_STORE, BY_AUTHORIZATION);
        assertThat(issued.body())
                .isEqualTo("{\"access_token\":\"eyok\",\"token_type\":\"Bearer\",\"expires_in\":300,"
                        + "\"refresh_token\":\"ey.renewal\",\"refresh_expires_in\":360}");
        assertThat(issued.toString()).doesNotContain("eyok").doesNotContain("ey.renewal");
    }

    @Test
    void login_cookieOf4096_isSetAndLongerIsRefusedAndStartsNothing() {
        cookies.access = "x".repeat(4096 - "__Host-Http-id".length());
        cookies.renewal = cookies.access.substring("-renewal".length());
        FakeExchange fits = FakeExchange.post().fromOurPage();
        assertThat(auth.login(fits, Login.of("ada")).toOptional()).isPresent();
        cookies.renewal += "x";
        FakeExchange exchange = FakeExchange.post().fromOurPage();
        assertThatThrownBy(() -> auth.login(exchange, Login.of("ada")))
                .isInstanceOf(LoginRefusedException.class)
                .hasMessageContaining("4096")
                .hasMessageContaining("4097");
        assertThat(exchange.added).isEmpty();
        assertThat(cookies.calls).last().isEqualTo("login ada");
    }

    @Test
    void login_requestWithALogin_endsThatToo() {
        auth.login(FakeExchange.post().fromOurPage().with("Cookie", "__Host-Http-id=gs_before"), Login.of("ada"));
        assertThat(cookies.calls).startsWith("login ada").contains("logout gs_before");
        auth.login(bearer("ey.before"), Login.of("ada"));
        assertThat(bearers.calls).startsWith("login ada").contains("logout ey.before");
    }

    @Test
    void login_fromAnotherSite_isCrossOriginAndNothingHappens() {
        FakeExchange exchange =
                FakeExchange.post().with("Sec-Fetch-Site", "cross-site").with("Cookie", "__Host-Http-id=gs_ok");
        assertThat(auth.login(exchange, Login.of("eve")).rejection()).contains(Rejection.CROSS_ORIGIN);
        assertThat(cookies.calls).isEmpty();
        assertThat(exchange.added).isEmpty();
        assertThat(events).containsExactly(rejected(Rejection.CROSS_ORIGIN));
    }

    @Test
    void logout_cookies_areClearedWithTheAttributesThatSetThem() {
        FakeExchange exchange = FakeExchange.post().fromOurPage().with("Cookie", "__Host-Http-id=gs_ok");
        assertThat(auth.logout(exchange).rejection()).isEmpty();
        assertThat(cookies.calls).contains("logout gs_ok");
        assertThat(exchange.added)
                .containsExactly(
                        "Set-Cookie: __Host-Http-id=; Max-Age=0" + ATTRIBUTES,
                        "Set-Cookie: __Host-Http-id-renewal=; Max-Age=0" + ATTRIBUTES,
                        NO_STORE,
                        BY_COOKIE);
    }

    @Test
    void logout_bearer_variesByItsHeader() {
        FakeExchange exchange = bearer("eyok");
        assertThat(auth.logout(exchange).rejection()).isEmpty();
        assertThat(exchange.added).containsExactly(NO_STORE, BY_AUTHORIZATION);
    }

    @Test
    void renew_eitherCarrier_variesByItsHeader() {
        FakeExchange program = bearer("eyok");
        auth.renew(program);
        assertThat(program.added).containsExactly(NO_STORE, BY_AUTHORIZATION);
        FakeExchange browser = FakeExchange.post().fromOurPage().with("Cookie", "__Host-Http-id=gs_ok");
        auth.renew(browser);
        assertThat(browser.added).containsExactly("Set-Cookie: __Host-Http-id=gs_ok" + ATTRIBUTES, NO_STORE, BY_COOKIE);
    }

    @Test
    void reauthenticate_eitherCarrier_variesByItsHeader() {
        FakeExchange program = bearer("eyok");
        auth.reauthenticate(program, Login.of("ada"));
        assertThat(program.added).containsExactly(NO_STORE, BY_AUTHORIZATION);
        FakeExchange browser = FakeExchange.post().fromOurPage().with("Cookie", "__Host-Http-id=gs_ok");
        auth.reauthenticate(browser, Login.of("ada"));
        assertThat(browser.added).endsWith(NO_STORE, BY_COOKIE).hasSize(3);
    }

    @Test
    void authenticate_nothingIsHandedOut_leavesTheCachesAlone() {
        FakeExchange exchange = cookie("__Host-Http-id=gs_ok");
        accepts(exchange);
        assertThat(exchange.added).isEmpty();
    }

    @Test
    void logout_nothingPresented_saysSo() {
        FakeExchange exchange = FakeExchange.post();
        assertThat(auth.logout(exchange).rejection()).contains(Rejection.MISSING);
        assertThat(exchange.added).isEmpty();
    }

    /** Its login may live. */
    @Test
    void logout_cookieThatProvesNothing_saysSoAndLeavesTheCookies() {
        FakeExchange exchange = FakeExchange.post().fromOurPage().with("Cookie", "__Host-Http-id=gs_unsigned");
        assertThat(auth.logout(exchange).rejection()).contains(Rejection.BAD_SIGNATURE);
        assertThat(exchange.added).isEmpty();
    }

    /** Its login has ended, as a rule: a user who logs out of that is out, and need not hear of it. */
    @Test
    void logout_cookieOfNoLogin_saysSoAndClearsTheCookies() {
        FakeExchange exchange = FakeExchange.post().fromOurPage().with("Cookie", "__Host-Http-id=gs_guess");
        assertThat(auth.logout(exchange).rejection()).contains(Rejection.UNKNOWN);
        assertThat(exchange.added).contains("Set-Cookie: __Host-Http-id=; Max-Age=0" + ATTRIBUTES);
    }

    @Test
    void logout_accessThatProvesNothingBesideAGoodRenewal_endsTheLogin() {
        FakeExchange exchange = FakeExchange.post()
                .fromOurPage()
                .with("Cookie", "__Host-Http-id=gs_guess; __Host-Http-id-renewal=gs_ok");
        assertThat(auth.logout(exchange).rejection()).isEmpty();
        assertThat(cookies.calls).contains("logout gs_ok").doesNotContain("logout gs_guess");
        assertThat(exchange.added).isNotEmpty();
    }

    @Test
    void logout_renewalThatProvesNothingBesideAGoodAccess_endsTheLogin() {
        FakeExchange exchange = FakeExchange.post()
                .fromOurPage()
                .with("Cookie", "__Host-Http-id=gs_ok; __Host-Http-id-renewal=gs_guess");
        assertThat(auth.logout(exchange).rejection()).isEmpty();
        assertThat(cookies.calls).contains("logout gs_ok");
    }

    @ParameterizedTest
    @EnumSource(Rejection.class)
    void refusedAtOnce_eachRejection_isWhatAnotherSiteSentAndNothingElse(Rejection reason) {
        assertThat(HttpAuth.refusedAtOnce(Outcome.rejected(reason)).isPresent())
                .isEqualTo(reason == Rejection.CROSS_ORIGIN);
    }

    /** On a public page another site's request must not pass for a stranger's because its cookies can't be read. */
    @Test
    void authenticate_ambiguousFromAnotherSite_isCrossOrigin() {
        FakeExchange exchange = FakeExchange.post()
                .with("Sec-Fetch-Site", "cross-site")
                .with("Cookie", "__Host-Http-id=gs_ok; __Host-Http-id=gs_other");
        rejects(exchange, Rejection.CROSS_ORIGIN);
    }

    /** The answer may arrive after that of a newer login. */
    @Test
    void authenticate_deadCookie_isRejectedAndStays() {
        FakeExchange exchange = cookie("__Host-Http-id=gs_dead");
        rejects(exchange, Rejection.UNKNOWN);
        assertThat(exchange.added).isEmpty();
    }

    @Test
    void login_browserWithALogin_namesItAsReplaced() {
        FakeExchange exchange = FakeExchange.post().fromOurPage().with("Cookie", "__Host-Http-id=gs_before");
        assertThat(auth.login(exchange, Login.of("ada")).rejection()).isEmpty();
        assertThat(cookies.calls).containsExactly("login ada", "logout gs_before");
    }

    static List<BiConsumer<HttpAuth, Exchange>> steps() {
        return List.of(
                HttpAuth::authenticate,
                HttpAuth::renew,
                HttpAuth::logout,
                (auth, exchange) -> auth.login(exchange, Login.of("ada")),
                (auth, exchange) -> auth.reauthenticate(exchange, Login.of("ada")));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void all_storeDown_throwAndLeaveCookiesAlone(BiConsumer<HttpAuth, Exchange> step) {
        cookies.down = true;
        FakeExchange exchange = FakeExchange.post().fromOurPage().with("Cookie", "__Host-Http-id=gs_ok");
        assertThatThrownBy(() -> step.accept(auth, exchange)).isInstanceOf(AuthUnavailableException.class);
        assertThat(exchange.added).isEmpty();
        assertThat(auth.unavailable(exchange).status()).isEqualTo(503);
        assertThat(exchange.added).containsExactly("Retry-After: 5");
    }

    @ParameterizedTest
    @EnumSource(Rejection.class)
    void refuse_eachRejection_hasItsStatusAndTellsNothing(Rejection reason) {
        FakeExchange exchange = FakeExchange.get();
        int status = auth.refuse(reason, exchange).status();
        String error = switch (reason) {
            case AMBIGUOUS -> "invalid_request";
            case INSUFFICIENT -> "insufficient_user_authentication";
            default -> "invalid_token";
        };
        switch (reason) {
            case CROSS_ORIGIN, TOO_MANY_ATTEMPTS, TOO_LARGE -> {
                assertThat(status).isEqualTo(WITHOUT_CHALLENGE.get(reason));
                assertThat(exchange.added).isEmpty();
            }
            case MISSING -> {
                assertThat(status).isEqualTo(401);
                assertThat(exchange.added)
                        .containsExactly(
                                "WWW-Authenticate: Cookie cookie-name=\"__Host-Http-id\"", "WWW-Authenticate: Bearer");
            }
            default -> {
                assertThat(status).isEqualTo(reason == Rejection.AMBIGUOUS ? 400 : 401);
                assertThat(exchange.added)
                        .containsExactly(
                                "WWW-Authenticate: Cookie cookie-name=\"__Host-Http-id\", error=\"" + error + "\"",
                                "WWW-Authenticate: Bearer error=\"" + error + "\"");
            }
        }
    }

    private List<String> refused(FakeExchange exchange, Rejection reason, Requirement requirement) {
        auth.refuse(reason, exchange, requirement);
        return exchange.added;
    }

    @Test
    void refuse_insufficientWithAMaxAge_tellsItInEachChallenge() {
        Requirement recent = Requirement.none().authenticatedWithin(Duration.ofMinutes(5));
        assertThat(auth.refuse(Rejection.INSUFFICIENT, FakeExchange.get(), recent)
                        .status())
                .isEqualTo(401);
        assertThat(refused(FakeExchange.get(), Rejection.INSUFFICIENT, recent))
                .containsExactly(
                        "WWW-Authenticate: Cookie cookie-name=\"__Host-Http-id\","
                                + " error=\"insufficient_user_authentication\", max_age=\"300\"",
                        "WWW-Authenticate: Bearer error=\"insufficient_user_authentication\", max_age=\"300\"");
        assertThat(refused(bearer("eyok"), Rejection.INSUFFICIENT, recent))
                .containsExactly(
                        "WWW-Authenticate: Bearer error=\"insufficient_user_authentication\", max_age=\"300\"");
    }

    @ParameterizedTest
    @CsvSource({"999,0", "1000,1", "1999,1", "300000,300", "86400000000,86400000"})
    void refuse_maxAge_isInWholeSecondsRoundedDown(long millis, String seconds) {
        Requirement recent = Requirement.none().authenticatedWithin(Duration.ofMillis(millis));
        assertThat(refused(bearer("eyok"), Rejection.INSUFFICIENT, recent))
                .singleElement()
                .asString()
                .endsWith(", max_age=\"" + seconds + "\"");
    }

    @Test
    void refuse_insufficientWithoutAMaxAge_tellsTheErrorOnly() {
        Requirement strong = Requirement.none().methods("hwk").authoritative();
        assertThat(refused(bearer("eyok"), Rejection.INSUFFICIENT, strong))
                .containsExactly("WWW-Authenticate: Bearer error=\"insufficient_user_authentication\"");
    }

    @ParameterizedTest
    @EnumSource(value = Rejection.class, mode = EnumSource.Mode.EXCLUDE, names = "INSUFFICIENT")
    void refuse_anotherReasonWithARequirement_isAsWithout(Rejection reason) {
        Requirement recent = Requirement.none().authenticatedWithin(Duration.ofMinutes(5));
        FakeExchange without = FakeExchange.get();
        auth.refuse(reason, without);
        assertThat(refused(FakeExchange.get(), reason, recent)).isEqualTo(without.added);
    }

    private static HttpAuth withPages(FakeAuthenticator gate) {
        return HttpAuth.builder()
                .lane(CookieCarrier.create(), gate)
                .origin("https://park.example")
                .loginPage("/sign-in")
                .reauthenticationPage("/prove?by=password")
                .build();
    }

    private static FakeExchange navigation(String target) {
        return new FakeExchange("GET", target).with("Accept", "text/html,*/*;q=0.8");
    }

    @Test
    void refuse_navigationOfAStranger_goesToTheLoginPageAndBack() {
        HttpAuth paged = withPages(cookies);
        FakeExchange exchange = navigation("/me?x=1&y=%20a+b");

        Refusal refusal = paged.refuse(Rejection.MISSING, exchange);

        assertThat(refusal.isRedirect()).isTrue();
        assertThat(refusal.body()).isEmpty();
        assertThat(exchange.added).containsExactly("Location: /sign-in?return_to=%2Fme%3Fx%3D1%26y%3D%2520a%2Bb");
        assertThat(paged.refuse(Rejection.UNKNOWN, navigation("/me").with("Sec-Fetch-Mode", "navigate"))
                        .status())
                .isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example/", "//evil.example", "/me?ö"})
    void refuse_navigationToAnAddressThatIsNotLocal_goesToTheLoginPageAlone(String target) {
        FakeExchange exchange = navigation(target);

        withPages(cookies).refuse(Rejection.MISSING, exchange);

        assertThat(exchange.added).containsExactly("Location: /sign-in");
    }

    @Test
    void refuse_navigationToAVeryLongAddress_goesToTheLoginPageAlone() {
        FakeExchange exchange = navigation("/me?x=" + "a".repeat(2_000));

        withPages(cookies).refuse(Rejection.MISSING, exchange);

        assertThat(exchange.added).containsExactly("Location: /sign-in");
    }

    @Test
    void refuse_navigationWhoseProofIsTooOld_goesToThePageThatAsksForAnother() {
        FakeExchange exchange = navigation("/vault");

        withPages(cookies).refuse(Rejection.INSUFFICIENT, exchange);

        assertThat(exchange.added).containsExactly("Location: /prove?by=password&return_to=%2Fvault");
        assertThat(auth.refuse(Rejection.INSUFFICIENT, navigation("/vault")).status())
                .isEqualTo(401);
    }

    static List<FakeExchange> noNavigations() {
        return List.of(
                new FakeExchange("POST", "/me").with("Accept", "text/html"),
                navigation("/me").with("Sec-Fetch-Mode", "cors"),
                FakeExchange.get().with("Accept", "application/json"),
                navigation("/sign-in?again"));
    }

    @ParameterizedTest
    @MethodSource("noNavigations")
    void refuse_otherRequestsOfAStranger_are401(FakeExchange exchange) {
        assertThat(withPages(cookies).refuse(Rejection.MISSING, exchange).status())
                .isEqualTo(401);
        assertThat(exchange.added).noneMatch(header -> header.startsWith("Location"));
    }

    @Test
    void refuse_navigationFromAnotherSite_isNotSentAnywhere() {
        assertThat(withPages(cookies)
                        .refuse(Rejection.CROSS_ORIGIN, navigation("/me"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void refuse_client_getsTheBodyThatSuitsIt() {
        assertThat(auth.refuse(Rejection.MISSING, FakeExchange.get()).body())
                .isEqualTo("{\"title\":\"Unauthorized\",\"status\":401}");
        assertThat(auth.refuse(Rejection.MISSING, navigation("/me")).body()).isEmpty();
        assertThat(auth.refuse(Rejection.MISSING, new FakeExchange("HEAD", "/me"))
                        .body())
                .isEmpty();
        assertThat(auth.unavailable(FakeExchange.post()).body()).contains("503");
        assertThat(auth.refuse(new LoginRefusedException("full"), FakeExchange.post())
                        .body())
                .contains("503");
    }

    @ParameterizedTest
    @EnumSource(Rejection.class)
    void refuse_eachRejection_hasATitle(Rejection reason) {
        assertThat(auth.refuse(reason, FakeExchange.post()).body())
                .contains("\"title\":\"")
                .doesNotContain("null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "login",
                "https://evil.example",
                "//evil.example",
                "/\\evil.example",
                "/a\nb",
                "/a b",
                "/x//y"
            })
    void build_loginPageElsewhere_isRefused(String path) {
        HttpAuthBuilder builder = HttpAuth.builder().lane(BearerCarrier.create(), bearers);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.loginPage(path).build())
                .withMessageContaining("loginPage");
        assertThat(ReturnPath.orElse(path, "/")).isEqualTo("/");
    }

    @Test
    void returnPath_onThisSite_isTaken() {
        assertThat(ReturnPath.orElse("/me?x=1", "/")).isEqualTo("/me?x=1");
        assertThat(ReturnPath.orElse(null, "/home")).isEqualTo("/home");
        assertThat(ReturnPath.orElse("/" + "a".repeat(2_000), "/")).isEqualTo("/");
    }

    @Test
    void build_laneOrOriginMissingOrLanesOverlap_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpAuth.builder().build())
                .withMessageContaining("lane");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        HttpAuth.builder().lane(CookieCarrier.create(), cookies).build())
                .withMessageContaining("origin");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpAuth.builder()
                        .lane(BearerCarrier.create(), bearers)
                        .lane(BearerCarrier.create(), new FakeAuthenticator("eyJ"))
                        .build())
                .withMessageContaining("one lane only");
        assertThat(HttpAuth.builder()
                        .lane(BearerCarrier.create(), bearers)
                        .build()
                        .logins())
                .isNotNull();
    }

    @Test
    void insecureCookie_hasAnotherNameAndIsNotSecure() {
        HttpAuth local = HttpAuth.builder()
                .lane(CookieCarrier.create().insecureCookieForLocalDevelopment(), cookies)
                .origin("http://localhost:8080")
                .build();
        FakeExchange exchange = FakeExchange.post().fromOurPage();
        local.login(exchange, Login.of("ada"));
        assertThat(exchange.added).contains("Set-Cookie: insecure-id=gs_ok; Path=/; HttpOnly; SameSite=Lax");
    }
}
