package dev.gateline.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.http.CookieCarrier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that pages of others make a user's browser send. */
class OtherSitesInChromiumTest extends InChromium {

    /** The server has no look at the cookie's SameSite: even with None the guard is enough. */
    private void loginAsAda() {
        add("/any", CookieCarrier.create().insecureSentFromOtherSites());
        add("/lax", CookieCarrier.create().named("lax-id"));
        login("/any", "ada");
        login("/lax", "ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {OTHER, SIBLING})
    void form_ofAnotherOrigin_comesWithTheCookieAndChangesNothing(String attacker) {
        loginAsAda();
        browser.open(site.at(attacker, "/blank")).submit(park("/any/change"));
        browser.await(() -> site.seen().contains("POST /any/change 403 with a cookie"));
        assertThat(site.changes()).isZero();
        assertThat(me("/any")).isEqualTo("you are ada");
    }

    /** A sibling is of the same site: SameSite=Lax keeps nothing back. */
    @Test
    void form_ofASiblingUnderLax_comesWithTheCookieAndChangesNothing() {
        loginAsAda();
        browser.open(site.at(SIBLING, "/blank")).submit(park("/lax/change"));
        browser.await(() -> site.seen().contains("POST /lax/change 403 with a cookie"));
        assertThat(site.changes()).isZero();
    }

    /** Browsers differ in whether a script of another site gets the user's cookies sent at all. */
    @ParameterizedTest
    @ValueSource(strings = {OTHER, SIBLING})
    void fetch_ofAnotherOrigin_changesNothingAndLogsNobodyOut(String attacker) {
        loginAsAda();
        browser.open(site.at(attacker, "/blank"));
        for (String change : List.of("/any/change", "/any/logout", "/any/renew")) {
            browser.postBlindly(park(change));
            browser.await(() -> site.seen().stream().anyMatch(line -> line.startsWith("POST " + change)));
        }
        assertThat(site.seen())
                .filteredOn(line -> line.startsWith("POST") && !line.contains("/login"))
                .hasSize(3)
                .noneMatch(line -> line.contains(" 200"));
        assertThat(site.changes()).isZero();
        assertThat(me("/any")).isEqualTo("you are ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {OTHER, SIBLING})
    void login_byAFormOfAnotherOrigin_isRefusedAndTheUserStaysWhoTheyAre(String attacker) {
        loginAsAda();
        browser.open(site.at(attacker, "/blank")).submit(park("/any/login?mallory"));
        browser.await(() -> site.seen().stream().anyMatch(line -> line.startsWith("POST /any/login 403")));
        assertThat(me("/any")).isEqualTo("you are ada");
    }

    @Test
    void form_ofOurOwnPage_changes() {
        loginAsAda();
        browser.open(park("/blank")).submit(park("/any/change"));
        browser.await(() -> site.seen().contains("POST /any/change 200 with a cookie"));
        assertThat(site.changes()).isOne();
    }
}
