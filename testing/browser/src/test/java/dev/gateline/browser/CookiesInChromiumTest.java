package dev.gateline.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Login;
import dev.gateline.http.CookieCarrier;
import org.junit.jupiter.api.Test;

class CookiesInChromiumTest extends InChromium {

    @Test
    void login_defaultCookie_isKeptAndSent() {
        add("/plain", CookieCarrier.create());
        login("/plain", "ada");
        assertThat(me("/plain")).isEqualTo("you are ada");
        assertThat(browser.script("return document.cookie")).isEqualTo("");
    }

    /**
     * The prefix {@code __Host-Http-} protects even against a script of the host's own page: it can't log a user in as
     * another.
     */
    @Test
    void defaultCookie_setByAScriptOfOurOwnPage_isNotTaken() {
        add("/plain", CookieCarrier.create());
        browser.open(park("/blank"));
        browser.script("document.cookie = '__Host-Http-id=mallory; Path=/; Secure; SameSite=Lax'");
        assertThat(me("/plain")).isEqualTo("a stranger: MISSING");
        login("/plain", "ada");
        browser.script("document.cookie = '__Host-Http-id=mallory; Path=/; Secure; SameSite=Lax'");
        browser.script("document.cookie = '__host-http-id=mallory; Path=/; Secure; SameSite=Lax'");
        browser.script("document.cookie = '=__Host-Http-id=mallory; Path=/; Secure; SameSite=Lax'");
        assertThat(me("/plain")).isEqualTo("you are ada");
    }

    @Test
    void defaultCookie_setByASibling_isNotTaken() {
        add("/plain", CookieCarrier.create());
        login("/plain", "ada");
        browser.toss(site, SIBLING, "__Host-Http-id=mallory; Domain=park.example; Path=/; Secure; HttpOnly");
        browser.toss(site, SIBLING, "__Host-Http-id=mallory; Domain=park.example; Path=/plain; Secure; HttpOnly");
        browser.toss(site, SIBLING, "\t__Host-Http-id=mallory; Domain=park.example; Path=/plain; Secure; HttpOnly");
        assertThat(me("/plain")).isEqualTo("you are ada");
    }

    /** Why the path has an insecure name: mallory's own login is all that the browser sends. */
    @Test
    void insecureLimitedToPath_setByASibling_isTakenForTheUsers() {
        add("/path", CookieCarrier.create().insecureLimitedToPath("/path"));
        String hers = sessions().login(Login.of("mallory")).access().reveal();
        browser.toss(site, SIBLING, "__Secure-id=" + hers + "; Domain=park.example; Path=/path; Secure; HttpOnly");
        assertThat(me("/path")).isEqualTo("you are mallory");
    }

    @Test
    void logout_tossedCookieBesideOurs_endsOursAndClearsBoth() {
        add("/shared", CookieCarrier.create().insecureSharedWithSubdomains(PARK));
        login("/shared", "ada");
        browser.toss(site, SIBLING, "__Secure-id=mallory; Domain=park.example; Path=/shared; Secure");
        assertThat(me("/shared")).isEqualTo("a stranger: AMBIGUOUS");
        assertThat(browser.post(park("/shared/logout"))).isEqualTo("200");
        assertThat(me("/shared")).isEqualTo("a stranger: MISSING");
        assertThat(sessions().logins().of("ada")).isEmpty();
    }

    @Test
    void login_tossedCookie_isClearedByIt() {
        add("/shared", CookieCarrier.create().insecureSharedWithSubdomains(PARK));
        login("/shared", "ada");
        browser.toss(site, SIBLING, "__Secure-id=mallory; Domain=park.example; Path=/shared; Secure");
        assertThat(me("/shared")).isEqualTo("a stranger: AMBIGUOUS");
        login("/shared", "ada");
        assertThat(me("/shared")).isEqualTo("you are ada");
        assertThat(sessions().logins().of("ada")).hasSize(1);
    }

    /** Of a host that shared its cookies with nobody before. */
    @Test
    void login_hostOnlyCookieBesideTheSharedOne_isClearedByIt() {
        add("/shared", CookieCarrier.create().insecureSharedWithSubdomains(PARK));
        browser.toss(site, PARK, "__Secure-id=before; Path=/; Secure; HttpOnly");
        login("/shared", "ada");
        browser.toss(site, PARK, "__Secure-id=before; Path=/; Secure; HttpOnly");
        assertThat(me("/shared")).isEqualTo("a stranger: AMBIGUOUS");
        login("/shared", "ada");
        assertThat(me("/shared")).isEqualTo("you are ada");
    }

    @Test
    void emptyCookieBesideOurs_isAsGoodAsAbsent() {
        add("/shared", CookieCarrier.create().insecureSharedWithSubdomains(PARK));
        login("/shared", "ada");
        browser.toss(site, SIBLING, "__Secure-id=; Domain=park.example; Path=/shared; Secure");
        assertThat(me("/shared")).isEqualTo("you are ada");
    }

    /** A browser keeps the unpartitioned cookie of before, and sends both where the page stands alone. */
    @Test
    void embeddedInOtherSites_cookieOfBefore_isNoSecondValue() {
        add("/before", CookieCarrier.create().insecureSentFromOtherSites());
        add("/embedded", CookieCarrier.create().embeddedInOtherSites());
        login("/before", "grace");
        login("/embedded", "ada");
        assertThat(me("/embedded")).isEqualTo("you are ada");
        assertThat(me("/before")).isEqualTo("you are grace");
        assertThat(browser.post(park("/embedded/logout"))).isEqualTo("200");
        assertThat(me("/embedded")).isEqualTo("a stranger: MISSING");
        assertThat(me("/before")).isEqualTo("you are grace");
    }

    @Test
    void embeddedInOtherSites_inAFrame_hasAJarForEachSite() {
        add("/embedded", CookieCarrier.create().embeddedInOtherSites());
        browser.open(site.at(OTHER, "/blank")).embed(park("/blank"));
        assertThat(browser.post(park("/embedded/login?ada"))).isEqualTo("200");
        browser.leaveFrame();
        browser.embed(park("/embedded/me"));
        assertThat(browser.text()).isEqualTo("you are ada");
        browser.leaveFrame();
        assertThat(me("/embedded")).isEqualTo("a stranger: MISSING");
    }

    @Test
    void deadCookie_onThePublicPage_isAStrangerWhoCanLogIn() {
        add("/plain", CookieCarrier.create());
        login("/plain", "ada");
        sessions().logins().endAll("ada");
        assertThat(me("/plain")).startsWith("a stranger: ");
        login("/plain", "ada");
        assertThat(me("/plain")).isEqualTo("you are ada");
    }
}
