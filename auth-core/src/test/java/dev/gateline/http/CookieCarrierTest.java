package dev.gateline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.FakeAuthenticator;
import dev.gateline.Login;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieCarrierTest {
    private static final CookieCarrier DEFAULT = CookieCarrier.create();

    private static HttpAuth auth(CookieCarrier carrier) {
        return HttpAuth.builder()
                .lane(carrier, new FakeAuthenticator("gs_"))
                .origin("https://park.example")
                .build();
    }

    private static List<String> afterLogin(CookieCarrier carrier) {
        FakeExchange exchange = FakeExchange.post().fromOurPage();
        assertThat(auth(carrier).login(exchange, Login.of("ada")).toOptional()).isPresent();
        return exchange.added;
    }

    @Test
    void settings_each_setItsPrefixAndAttributes() {
        Map<CookieCarrier, String> expected = Map.of(
                DEFAULT,
                "__Host-id=gs_ok; Path=/; Secure; HttpOnly; SameSite=Lax",
                DEFAULT.named("staff_1"),
                "__Host-staff_1=gs_ok; Path=/; Secure; HttpOnly; SameSite=Lax",
                DEFAULT.sameSiteStrict(),
                "__Host-id=gs_ok; Path=/; Secure; HttpOnly; SameSite=Strict",
                DEFAULT.path("/app"),
                "__Secure-id=gs_ok; Path=/app; Secure; HttpOnly; SameSite=Lax",
                DEFAULT.insecureSharedWithSubdomains("park.example"),
                "__Secure-id=gs_ok; Path=/; Domain=park.example; Secure; HttpOnly; SameSite=Lax",
                DEFAULT.insecureSentFromOtherSites(),
                "__Host-id=gs_ok; Path=/; Secure; HttpOnly; SameSite=None",
                DEFAULT.embeddedInOtherSites(),
                "__Host-id=gs_ok; Path=/; Secure; HttpOnly; SameSite=None; Partitioned",
                DEFAULT.insecureCookieForLocalDevelopment()
                        .path("/app")
                        .sameSiteStrict()
                        .named("x"),
                "insecure-x=gs_ok; Path=/app; HttpOnly; SameSite=Strict",
                DEFAULT.named("x").sameSiteStrict().path("/app").insecureCookieForLocalDevelopment(),
                "insecure-x=gs_ok; Path=/app; HttpOnly; SameSite=Strict");
        expected.forEach((carrier, cookie) -> assertThat(afterLogin(carrier)).contains("Set-Cookie: " + cookie));
    }

    @Test
    void logout_anySettings_clearsWithTheSameAttributes() {
        for (CookieCarrier carrier : List.of(
                DEFAULT.named("x"),
                DEFAULT.path("/app"),
                DEFAULT.insecureSharedWithSubdomains("park.example"),
                DEFAULT.embeddedInOtherSites())) {
            String set = afterLogin(carrier).get(0);
            String name = set.substring("Set-Cookie: ".length(), set.indexOf('='));
            String attributes = set.substring(set.indexOf(';'));
            FakeExchange exchange = FakeExchange.post().fromOurPage().with("Cookie", name + "=gs_ok");

            assertThat(auth(carrier).logout(exchange)).isEmpty();

            assertThat(exchange.added)
                    .contains(
                            "Set-Cookie: " + name + "=; Max-Age=0" + attributes,
                            "Set-Cookie: " + name + "-renewal=; Max-Age=0" + attributes);
        }
    }

    @Test
    void authenticate_cookieTossedBySubdomain_isNotOursOrAmbiguous() {
        HttpAuth shared = auth(DEFAULT.insecureSharedWithSubdomains("park.example"));
        assertThat(auth(DEFAULT)
                        .authenticate(FakeExchange.get().with("Cookie", "id=gs_ok; __Secure-id=gs_ok"))
                        .rejection())
                .contains(Rejection.MISSING);
        assertThat(shared.authenticate(FakeExchange.get().with("Cookie", "__Secure-id=gs_ok; __Secure-id=gs_theirs-ok"))
                        .rejection())
                .contains(Rejection.AMBIGUOUS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "a=b", "__Host-\u00e9", "a\r\nSet-Cookie: x", "id-renewal"})
    void named_otherCharacters_isRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULT.named(name))
                .withMessageContaining("cookie name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "app", "/a;Domain=x", "/a b", "/a\r\nX: y", "/\u00e9", "/a,b"})
    void path_otherCharacters_isRefused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULT.path(path))
                .withMessageContaining("cookie path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".park.example",
                "park",
                "Park.example",
                "park.example.",
                "a..b",
                "park.example;x",
                "p ark.example",
                "\u0440ark.example"
            })
    void insecureSharedWithSubdomains_noHostName_isRefused(String domain) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULT.insecureSharedWithSubdomains(domain))
                .withMessageContaining("cookie domain");
    }

    @Test
    void settings_thatBrowsersWouldDropOrMisread_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULT.embeddedInOtherSites().insecureSharedWithSubdomains("park.example"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULT.insecureSentFromOtherSites().insecureCookieForLocalDevelopment());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULT.insecureCookieForLocalDevelopment().embeddedInOtherSites());
    }

    @Test
    void login_anyCarrier_variesByWhatItReadsAndIsNotStored() {
        assertThat(afterLogin(DEFAULT)).contains("Cache-Control: no-store", "Vary: Cookie");
    }

    @Test
    void refuse_proofTooOld_saysHowRecentItMustBe() {
        FakeExchange cookies = FakeExchange.get().with("Cookie", "__Host-id=gs_ok");
        FakeExchange bearer = FakeExchange.get().with("Authorization", "Bearer gs_ok");
        HttpAuth both = HttpAuth.builder()
                .lane(DEFAULT, new FakeAuthenticator("gs_"))
                .lane(BearerCarrier.create(), new FakeAuthenticator("ey"))
                .origin("https://park.example")
                .build();
        Requirement fresh = Requirement.none().authenticatedWithin(Duration.ofMinutes(5));

        assertThat(both.refuse(Rejection.INSUFFICIENT, bearer, fresh)).isEqualTo(401);
        assertThat(both.refuse(Rejection.INSUFFICIENT, cookies, fresh)).isEqualTo(401);

        assertThat(bearer.added)
                .containsExactly(
                        "WWW-Authenticate: Bearer error=\"insufficient_user_authentication\", max_age=\"300\"");
        assertThat(cookies.added)
                .containsExactly("WWW-Authenticate: Cookie cookie-name=\"__Host-id\","
                        + " error=\"insufficient_user_authentication\", max_age=\"300\"");
    }
}
