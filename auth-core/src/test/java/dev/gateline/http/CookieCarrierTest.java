package dev.gateline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.FakeAuthenticator;
import dev.gateline.Login;
import dev.gateline.LoginRefusedException;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieCarrierTest {
    private static final CookieCarrier PLAIN = CookieCarrier.create();
    private static final Login REMEMBERED =
            Login.builder("ada").remembered(true).build();

    private final FakeAuthenticator cookies = new FakeAuthenticator("gs_");

    private HttpAuth over(CookieCarrier carrier) {
        return HttpAuth.builder()
                .lane(carrier, cookies)
                .origin(carrier.isForLocalDevelopment() ? "http://localhost:8080" : "https://park.example")
                .clock(Clock.fixed(FakeAuthenticator.NOW, ZoneOffset.UTC))
                .build();
    }

    private List<String> setBy(CookieCarrier carrier) {
        FakeExchange exchange = FakeExchange.post().fromOurPage();
        over(carrier).login(exchange, Login.of("ada"));
        return setCookies(exchange);
    }

    private static List<String> setCookies(FakeExchange exchange) {
        return exchange.added.stream()
                .filter(header -> header.startsWith("Set-Cookie: "))
                .map(header -> header.substring("Set-Cookie: ".length()))
                .toList();
    }

    /** The result of reading the browser's cookies: {@code accepted}, or the reason. */
    private String read(CookieCarrier carrier, String line) {
        return over(carrier)
                .authenticate(FakeExchange.get().with("Cookie", line))
                .fold(identity -> "accepted", Rejection::name);
    }

    private static void refuses(UnaryOperator<CookieCarrier> settings, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.apply(PLAIN))
                .withMessageContaining(rule);
    }

    @Test
    void create_unchanged_isHostOnlySecureHttpOnlyAndLax() {
        assertThat(setBy(PLAIN)).containsExactly("__Host-Http-id=gs_ok; Path=/; Secure; HttpOnly; SameSite=Lax");
    }

    @Test
    void named_anotherName_isSetReadAndNamedInTheChallenge() {
        CookieCarrier carrier = PLAIN.named("park_2-x");
        assertThat(setBy(carrier))
                .containsExactly("__Host-Http-park_2-x=gs_ok; Path=/; Secure; HttpOnly; SameSite=Lax");
        assertThat(read(carrier, "__Host-Http-park_2-x=gs_ok")).isEqualTo("accepted");
        assertThat(read(carrier, "__Host-Http-id=gs_ok")).isEqualTo("MISSING");
        assertThat(read(PLAIN, "__Host-Http-park_2-x=gs_ok")).isEqualTo("MISSING");
        FakeExchange refused = FakeExchange.get();
        over(carrier).refuse(Rejection.MISSING, refused);
        assertThat(refused.added).containsExactly("WWW-Authenticate: Cookie cookie-name=\"__Host-Http-park_2-x\"");
    }

    @Test
    void named_64Characters_isTakenAnd65AreRefused() {
        String longest = "n".repeat(64);
        assertThat(read(PLAIN.named(longest), "__Host-Http-" + longest + "=gs_ok"))
                .isEqualTo("accepted");
        refuses(carrier -> carrier.named(longest + "n"), "cookie name: 1 to 64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a=b",
                "a;b",
                "a,b",
                "id; Domain=evil.example",
                "id\r\nSet-Cookie: x=y",
                "id\n",
                "\tid",
                "id\u0000",
                "id\u007f",
                "\u00efd",
                "i.d",
                "\"id\"",
                "%69d"
            })
    void named_otherCharacters_isRefused(String name) {
        refuses(carrier -> carrier.named(name), "cookie name: 1 to 64");
    }

    @Test
    void named_asTheCookieOfCsrfTokens_isRefused() {
        refuses(carrier -> carrier.named("csrf"), "CsrfTokens");
    }

    @Test
    void insecureLimitedToPath_notTheRoot_isOfThatPathAndOnlySecurePrefixed() {
        CookieCarrier carrier = PLAIN.insecureLimitedToPath("/park/gate");
        assertThat(setBy(carrier))
                .containsExactly("__Secure-id=gs_ok; Path=/park/gate; Secure; HttpOnly; SameSite=Lax");
        assertThat(read(carrier, "__Secure-id=gs_ok")).isEqualTo("accepted");
        assertThat(read(carrier, "__Host-Http-id=gs_ok")).isEqualTo("MISSING");
        assertThat(setBy(carrier.insecureLimitedToPath("/"))).isEqualTo(setBy(PLAIN));
    }

    @Test
    void insecureLimitedToPath_255Characters_isTakenAndMoreAreRefused() {
        String longest = "/" + "p".repeat(254);
        assertThat(setBy(PLAIN.insecureLimitedToPath(longest)).get(0)).contains("; Path=" + longest + ";");
        refuses(carrier -> carrier.insecureLimitedToPath(longest + "p"), "cookie path: begins with a slash");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "park",
                "./park",
                " /park",
                "/park ",
                "/a b",
                "/; Domain=evil.example",
                "/;",
                "/\r\nSet-Cookie: x=y",
                "/\n",
                "/\t",
                "/\u0000",
                "/\u007f",
                "/p\u00e4rk"
            })
    void insecureLimitedToPath_notOneOrWithMoreInside_isRefused(String path) {
        refuses(carrier -> carrier.insecureLimitedToPath(path), "cookie path: begins with a slash");
    }

    @Test
    void sameSiteStrict_otherwiseUnchanged_isStrict() {
        assertThat(setBy(PLAIN.sameSiteStrict()))
                .containsExactly("__Host-Http-id=gs_ok; Path=/; Secure; HttpOnly; SameSite=Strict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"park.example", "a.b.park.example", "1.example", "xn--bcher-kva.example", "a-b.co.uk"})
    void insecureSharedWithSubdomains_domain_isSetWithTheSecurePrefix(String domain) {
        CookieCarrier carrier = PLAIN.insecureSharedWithSubdomains(domain);
        assertThat(setBy(carrier))
                .containsExactly("__Secure-id=gs_ok; Path=/; Domain=" + domain + "; Secure; HttpOnly; SameSite=Lax");
        assertThat(read(carrier, "__Host-Http-id=gs_ok")).isEqualTo("MISSING");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "localhost",
                "example",
                ".park.example",
                "park.example.",
                "park..example",
                "Park.example",
                "-park.example",
                "park-.example",
                "park.example; Path=/x",
                "park.example;",
                "park.example\r\n",
                "park.example\n",
                "park .example",
                "park.example:443",
                "https://park.example",
                "park.example/x",
                "*.park.example",
                "127.0.0.1",
                "[::1]",
                "p\u00e4rk.example",
                "park.ex\u0000ample",
                "a_b.example"
            })
    void insecureSharedWithSubdomains_notADomain_isRefused(String domain) {
        refuses(carrier -> carrier.insecureSharedWithSubdomains(domain), "cookie domain: a host name");
    }

    @Test
    void insecureSharedWithSubdomains_253Characters_isTakenAndMoreAreRefused() {
        String longest = ("a".repeat(60) + ".").repeat(4) + "example.x";
        assertThat(longest).hasSize(253);
        assertThat(setBy(PLAIN.insecureSharedWithSubdomains(longest)).get(0)).contains("Domain=" + longest + ";");
        refuses(carrier -> carrier.insecureSharedWithSubdomains("a" + longest), "cookie domain:");
        refuses(carrier -> carrier.insecureSharedWithSubdomains("a.".repeat(100_000) + "example"), "cookie domain:");
        refuses(carrier -> carrier.insecureSharedWithSubdomains("a".repeat(64) + ".example"), "cookie domain:");
    }

    @Test
    void insecureSentFromOtherSites_otherwiseUnchanged_isSameSiteNone() {
        assertThat(setBy(PLAIN.insecureSentFromOtherSites()))
                .containsExactly("__Host-Http-id=gs_ok; Path=/; Secure; HttpOnly; SameSite=None");
    }

    @Test
    void embeddedInOtherSites_otherwiseUnchanged_isPartitionedAndHostOnly() {
        assertThat(setBy(PLAIN.embeddedInOtherSites()))
                .containsExactly("__Host-Http-id-embedded=gs_ok; Path=/; Secure; HttpOnly; SameSite=None; Partitioned");
    }

    @Test
    void insecureCookieForLocalDevelopment_withNamePathAndStrict_hasThem() {
        CookieCarrier carrier = PLAIN.insecureCookieForLocalDevelopment()
                .named("gate")
                .insecureLimitedToPath("/park")
                .sameSiteStrict();
        assertThat(setBy(carrier)).containsExactly("insecure-gate=gs_ok; Path=/park; HttpOnly; SameSite=Strict");
    }

    static List<List<UnaryOperator<CookieCarrier>>> together() {
        return List.of(
                List.of(it -> it.named("gate"), it -> it.insecureLimitedToPath("/park")),
                List.of(it -> it.insecureLimitedToPath("/park"), it -> it.insecureSharedWithSubdomains("park.example")),
                List.of(CookieCarrier::sameSiteStrict, it -> it.insecureSharedWithSubdomains("park.example")),
                List.of(CookieCarrier::embeddedInOtherSites, it -> it.insecureLimitedToPath("/park")),
                List.of(CookieCarrier::insecureSentFromOtherSites, it -> it.insecureSharedWithSubdomains("a.example")),
                List.of(CookieCarrier::insecureCookieForLocalDevelopment, it -> it.named("gate")),
                List.of(CookieCarrier::insecureCookieForLocalDevelopment, it -> it.insecureLimitedToPath("/park")),
                List.of(CookieCarrier::insecureCookieForLocalDevelopment, CookieCarrier::sameSiteStrict));
    }

    @ParameterizedTest
    @MethodSource("together")
    void all_twoSettings_areTheSameInEitherOrder(List<UnaryOperator<CookieCarrier>> two) {
        List<String> forth = setBy(two.get(1).apply(two.get(0).apply(PLAIN)));
        assertThat(forth).isEqualTo(setBy(two.get(0).apply(two.get(1).apply(PLAIN))));
        assertThat(forth).isNotEqualTo(setBy(two.get(1).apply(PLAIN))).hasSize(1);
        assertThat(setBy(PLAIN)).containsExactly("__Host-Http-id=gs_ok; Path=/; Secure; HttpOnly; SameSite=Lax");
    }

    static List<List<UnaryOperator<CookieCarrier>>> apart() {
        UnaryOperator<CookieCarrier> shared = it -> it.insecureSharedWithSubdomains("park.example");
        return List.of(
                List.of(CookieCarrier::sameSiteStrict, CookieCarrier::insecureSentFromOtherSites),
                List.of(CookieCarrier::sameSiteStrict, CookieCarrier::embeddedInOtherSites),
                List.of(CookieCarrier::embeddedInOtherSites, CookieCarrier::insecureSentFromOtherSites),
                List.of(CookieCarrier::embeddedInOtherSites, shared),
                List.of(CookieCarrier::insecureCookieForLocalDevelopment, shared),
                List.of(CookieCarrier::insecureCookieForLocalDevelopment, CookieCarrier::embeddedInOtherSites),
                List.of(CookieCarrier::insecureCookieForLocalDevelopment, CookieCarrier::insecureSentFromOtherSites));
    }

    @ParameterizedTest
    @MethodSource("apart")
    void all_twoSettingsThatExcludeEachOther_areRefusedInEitherOrder(List<UnaryOperator<CookieCarrier>> two) {
        refuses(it -> two.get(1).apply(two.get(0).apply(it)), "a cookie ");
        refuses(it -> two.get(0).apply(two.get(1).apply(it)), "a cookie ");
    }

    static List<CookieCarrier> carriers() {
        return List.of(
                PLAIN,
                PLAIN.named("gate").insecureLimitedToPath("/park").sameSiteStrict(),
                PLAIN.insecureSharedWithSubdomains("park.example").insecureLimitedToPath("/park"),
                PLAIN.insecureSentFromOtherSites(),
                PLAIN.embeddedInOtherSites(),
                PLAIN.insecureCookieForLocalDevelopment().insecureLimitedToPath("/park"));
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void clear_anySettings_hasTheAttributesThatSetIt(CookieCarrier carrier) {
        cookies.renewal = "gs_renewal-ok";
        List<String> set = setBy(carrier);
        FakeExchange logout = FakeExchange.post().fromOurPage().with("Cookie", set.get(0));
        over(carrier).logout(logout);
        assertThat(setCookies(logout))
                .containsExactly(
                        set.get(0).replace("=gs_ok;", "=; Max-Age=0;"),
                        set.get(1).replace("=gs_renewal-ok;", "=; Max-Age=0;"));
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void clearLeftOver_anySettings_hasTheAttributesThatSetIt(CookieCarrier carrier) {
        cookies.renewal = "gs_renewal-ok";
        String before = setBy(carrier).get(1);
        cookies.renewal = cookies.access;
        FakeExchange login = FakeExchange.post().fromOurPage().with("Cookie", before);
        over(carrier).login(login, Login.of("ada"));
        assertThat(setCookies(login)).contains(before.replace("=gs_renewal-ok;", "=; Max-Age=0;"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id=gs_ok",
                "__secure-id=gs_ok",
                "__SECURE-id=gs_ok",
                "__Secure-ID=gs_ok",
                "__Host-Http-id=gs_ok",
                "__%53ecure-id=gs_ok",
                "%5f%5fSecure-id=gs_ok",
                "\u00a0__Secure-id=gs_ok",
                "\u2000__Secure-id=gs_ok",
                "=__Secure-id=gs_ok",
                "__Secure-id =gs_ok",
                "insecure-id=gs_ok"
            })
    void authenticate_spoofedPrefix_isNotOurs(String line) {
        assertThat(read(PLAIN.insecureLimitedToPath("/park"), line)).isEqualTo("MISSING");
        assertThat(cookies.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id=gs_ok",
                "__host-id=gs_ok",
                "__%48ost-id=gs_ok",
                "__Host-id=gs_ok",
                "__Http-id=gs_ok",
                "__host-http-id=gs_ok",
                "=__Host-Http-id=gs_ok",
                "a=b; =__Host-Http-id=gs_ok",
                "\u00a0__Host-Http-id=gs_ok",
                "\u0085__Host-Http-id=gs_ok",
                "\u2000__Host-Http-id=gs_ok",
                "$Version=1,__Host-Http-id=gs_ok",
                "a=\"b, __Host-Http-id=gs_ok\"",
                "__Host-Http-id\t=gs_ok",
                "__Secure-id=gs_ok",
                "insecure-id=gs_ok"
            })
    void authenticate_spoofedHostPrefix_isNotOurs(String line) {
        assertThat(read(PLAIN, line)).isEqualTo("MISSING");
        assertThat(cookies.calls).isEmpty();
    }

    @Test
    void authenticate_secondValueTossedByASubdomain_isAmbiguousWhateverTheOrder() {
        CookieCarrier shared = PLAIN.insecureSharedWithSubdomains("park.example");
        assertThat(read(shared, "__Secure-id=gs_ok; __Secure-id=gs_ok")).isEqualTo("accepted");
        assertThat(read(shared, "__Secure-id=gs_ok; __Secure-id=gs_tossed")).isEqualTo("AMBIGUOUS");
        assertThat(read(shared, "__Secure-id=gs_tossed; __Secure-id=gs_ok")).isEqualTo("AMBIGUOUS");
        assertThat(read(shared, "__Secure-id-renewal=a; __Secure-id-renewal=b")).isEqualTo("AMBIGUOUS");
    }

    @Test
    void login_rememberedForYears_isKept400DaysAtMost() {
        cookies.lifetime = Duration.ofDays(4000);
        FakeExchange exchange = FakeExchange.post().fromOurPage();
        over(PLAIN.insecureSharedWithSubdomains("park.example")).login(exchange, REMEMBERED);
        assertThat(setCookies(exchange))
                .containsExactly(
                        "__Secure-id=gs_ok; Max-Age=" + Duration.ofDays(400).toSeconds()
                                + "; Path=/; Domain=park.example; Secure; HttpOnly; SameSite=Lax");
    }

    @Test
    void login_renewalCookieBesideTheAccessCookie_tellsHowLongThatIsGood() {
        cookies.renewal = "gs_renewal-ok";
        FakeExchange exchange = FakeExchange.post().fromOurPage();
        assertThat(over(PLAIN).login(exchange, Login.of("ada")).map(Issued::body))
                .isEqualTo(Outcome.accepted("{\"expires_in\":360}"));
    }

    @Test
    void login_longerNameLeavesLessForTheValue_over4096BytesIsRefused() {
        CookieCarrier carrier = PLAIN.named("n".repeat(64));
        cookies.access = "x".repeat(4096 - "__Host-Http-".length() - 64);
        cookies.renewal = "gs_renewal-ok";
        assertThat(setBy(carrier)).hasSize(2);
        cookies.access += "x";
        assertThatThrownBy(() -> setBy(carrier))
                .isInstanceOf(LoginRefusedException.class)
                .hasMessageContaining("4097");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gs_ok; Domain=evil.example", "gs_ok\r\nSet-Cookie: a=b", "gs_ok,a=b", "gs ok", "\"gs_ok\""})
    void login_credentialWithMoreInside_isRefusedAndNothingIsSet(String credential) {
        cookies.access = credential;
        FakeExchange exchange = FakeExchange.post().fromOurPage();
        assertThatIllegalArgumentException().isThrownBy(() -> over(PLAIN).login(exchange, Login.of("ada")));
        assertThat(exchange.added).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id-renewal", "id-embedded", "id-device"})
    void named_likeAnothersCookie_isRefused(String name) {
        refuses(carrier -> carrier.named(name), "was '" + name + "'");
    }

    @Test
    void embeddedInOtherSites_cookieOfBefore_isAnotherAndNoSecondValue() {
        CookieCarrier embedded = PLAIN.embeddedInOtherSites();
        assertThat(read(embedded, "__Host-Http-id=gs_before; __Host-Http-id-embedded=gs_ok"))
                .isEqualTo("accepted");
        assertThat(read(embedded, "__Host-Http-id=gs_before")).isEqualTo("MISSING");
        assertThat(read(PLAIN, "__Host-Http-id-embedded=gs_ok")).isEqualTo("MISSING");
    }

    /** The JDK's own client, which takes a cookie with Max-Age and without Expires for one of RFC 2965. */
    @Test
    void authenticate_rememberedCookieFromTheJdksCookieManager_isFound() throws IOException {
        FakeExchange login = FakeExchange.post().fromOurPage();
        over(PLAIN).login(login, REMEMBERED);
        CookieManager client = new CookieManager();
        URI park = URI.create("https://park.example/");
        client.put(park, Map.of("Set-Cookie", setCookies(login)));
        List<String> lines = client.get(park, Map.of()).get("Cookie");
        assertThat(lines).anyMatch(line -> line.contains("$Version")).anyMatch(line -> line.contains("\"gs_ok\""));
        assertThat(read(PLAIN, String.join("; ", lines))).isEqualTo("accepted");
    }

    /** A sibling has set one cookie with the parent domain, and this host has set one for itself alone. */
    @Test
    void logout_tossedCookieBesideOurs_endsWhatIsProvedAndClearsEveryForm() {
        CookieCarrier shared = PLAIN.insecureSharedWithSubdomains("park.example");
        FakeExchange logout = new FakeExchange("POST", "/account/logout")
                .fromOurPage()
                .with("Cookie", "__Secure-id=gs_guess; __Secure-id=gs_ok");
        assertThat(over(shared).logout(logout).toOptional()).isPresent();
        assertThat(cookies.calls).containsExactly("logout gs_guess", "logout gs_ok");
        String removal = "__Secure-id=; Max-Age=0; Path=";
        String rest = "; Secure; HttpOnly; SameSite=Lax";
        assertThat(setCookies(logout))
                .contains(
                        removal + "/; Domain=park.example" + rest,
                        removal + "/" + rest,
                        removal + "/account; Domain=park.example" + rest,
                        removal + "/account/; Domain=park.example" + rest,
                        removal + "/account/logout; Domain=park.example" + rest)
                .doesNotHaveDuplicates()
                .hasSizeLessThan(40);
    }

    @Test
    void logout_secondValueUnderTheHostPrefix_clearsTheOneFormThatThereIs() {
        FakeExchange logout =
                FakeExchange.post().fromOurPage().with("Cookie", "__Host-Http-id=gs_ok; __Host-Http-id=gs_guess");
        assertThat(over(PLAIN).logout(logout).toOptional()).isPresent();
        assertThat(setCookies(logout)).hasSize(2).allMatch(line -> line.contains("=; Max-Age=0; Path=/; Secure"));
    }

    /** A path that a host hands over decoded must not get into a header. */
    @Test
    void logout_pathWithMoreInside_isNotSet() {
        CookieCarrier shared = PLAIN.insecureSharedWithSubdomains("park.example");
        FakeExchange logout = new FakeExchange("POST", "/a;b/c d/\r\nSet-Cookie: x=y/logout")
                .fromOurPage()
                .with("Cookie", "__Secure-id=gs_a; __Secure-id=gs_b");
        over(shared).logout(logout);
        assertThat(setCookies(logout))
                .isNotEmpty()
                .allMatch(line -> line.matches("[ -~]*; Path=/(; Domain=[a-z.]+)?; Secure.*"));
    }

    @Test
    void login_twoValuesOfOneName_endsBothAndClearsTheFormsBesideTheNewCookie() {
        CookieCarrier shared = PLAIN.insecureSharedWithSubdomains("park.example");
        FakeExchange login = FakeExchange.post().fromOurPage().with("Cookie", "__Secure-id=gs_one; __Secure-id=gs_two");
        assertThat(over(shared).login(login, Login.of("ada")).toOptional()).isPresent();
        assertThat(cookies.calls).containsExactly("login ada", "logout gs_one", "logout gs_two");
        assertThat(setCookies(login))
                .contains("__Secure-id=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax")
                .contains("__Secure-id=gs_ok; Path=/; Domain=park.example; Secure; HttpOnly; SameSite=Lax")
                .doesNotContain("__Secure-id=; Max-Age=0; Path=/; Domain=park.example; Secure; HttpOnly; SameSite=Lax");
    }

    @Test
    void authenticate_emptyValueBesideAGoodOne_isAsGoodAsAbsent() {
        assertThat(read(PLAIN, "__Host-Http-id=; __Host-Http-id=gs_ok")).isEqualTo("accepted");
        assertThat(read(PLAIN, "__Host-Http-id=\"\"; __Host-Http-id-renewal=")).isEqualTo("MISSING");
        assertThat(cookies.calls).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\t__Host-Http-id=gs_ok",
                "a=b;  __Host-Http-id=gs_ok",
                "a=b;__Host-Http-id=gs_ok ;c=d",
                "a=b ;\t__Host-Http-id=gs_ok\t",
                "$Version=\"1\"; __Host-Http-id=\"gs_ok\";$Path=\"/\"",
            })
    void authenticate_blanksAroundAPairOrQuotesAroundAValue_areNotOfIt(String line) {
        assertThat(read(PLAIN, line)).isEqualTo("accepted");
    }

    /** A reader that heeds quotes could be made to swallow our cookie in another's value, or to find one in it. */
    @Test
    void authenticate_quoteThatDoesNotEnd_changesNothing() {
        assertThat(read(PLAIN, "$Version=1; a=\"b; __Host-Http-id=gs_ok; c=d\""))
                .isEqualTo("accepted");
        assertThat(read(PLAIN, "__Host-Http-id=\"")).isEqualTo("UNKNOWN");
        assertThat(read(PLAIN, "__Host-Http-id=\"gs_x")).isEqualTo("UNKNOWN");
        assertThat(cookies.calls).last().isEqualTo("authenticate \"gs_x");
    }
}
