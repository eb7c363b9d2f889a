package dev.gateline.applications;

import dev.gateline.servers.Await;
import dev.gateline.servers.RedisServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Walks through each application on two nodes in the same way, and tells of each feature how it failed. */
final class Walk implements AutoCloseable {
    private final Program program;
    private final RedisServer redis = RedisServer.start(RedisServer.Version.V7);
    private final Application one;
    private final Application other;

    /**
     * Starts the nodes.
     *
     * @param settings besides those of the program, as on the command line
     */
    Walk(Program program, String... settings) {
        this.program = program;
        List<String> all = new ArrayList<>(List.of(settings));
        // five minutes in three seconds
        all.add("--park.fresh=3s");
        one = Application.start(program, redis, all).ready();
        other = Application.start(program, redis, all).ready();
    }

    @Override
    public void close() {
        one.close();
        other.close();
        redis.close();
    }

    /** The failures by feature; the store is at a stand for the last one. */
    Map<Feature, String> failures() {
        Map<Feature, String> failures = new TreeMap<>();
        for (Feature feature : Feature.values()) {
            if (feature != Feature.OUTAGE) {
                note(feature, failures);
            }
        }
        note(Feature.OUTAGE, failures);
        return failures;
    }

    private void note(Feature feature, Map<Feature, String> failures) {
        try {
            attempt(feature);
        } catch (AssertionError e) {
            failures.put(feature, String.valueOf(e.getMessage()));
        }
    }

    private void attempt(Feature feature) {
        switch (feature) {
            case FORM_LOGIN -> formLogin();
            case PROTECTED_PAGE -> expect(401, new Browser(one).get("/me"));
            case ROLE -> role();
            case STEP_UP -> stepUp();
            case DEVICES -> devices();
            case LOGOUT_EVERYWHERE -> logoutEverywhere();
            case TWO_NODES -> twoNodes();
            case OUTAGE -> outage();
            case OTHER_SITES -> otherSites();
            case GUARD -> guard();
        }
    }

    private static void expect(int status, HttpResponse<String> answer) {
        expect(answer.statusCode() == status, answer);
    }

    private static void expect(boolean holds, HttpResponse<String> answer) {
        if (!holds) {
            throw new AssertionError(answer + " " + answer.headers().map() + " " + answer.body());
        }
    }

    private Browser loggedIn(String name) {
        Browser browser = new Browser(one);
        browser.login(name, Users.PASSWORD);
        HttpResponse<String> page = browser.get("/me");
        expect(page.body().equals("hello " + name), page);
        return browser;
    }

    private void formLogin() {
        Browser browser = new Browser(one);
        browser.login("ada", "babbage");
        expect(401, browser.get("/me"));
        loggedIn("ada");
    }

    private void role() {
        expect(200, loggedIn("ada").get("/admin"));
        expect(403, loggedIn("bob").get("/admin"));
    }

    /** Tries until a page opens after a proof, because a slow machine may take longer than the proof is good for. */
    private void stepUp() {
        Browser browser = loggedIn("ada");
        prove(browser);
        Await.until("an old proof is refused", () -> isRefused(browser.post("/transfer")));
        expect(200, browser.get("/me"));
        prove(browser);
    }

    /** By a status, or by the way to the login page. */
    private static boolean isRefused(HttpResponse<String> answer) {
        return List.of(302, 303, 401, 403).contains(answer.statusCode());
    }

    private void prove(Browser browser) {
        Await.until("a proof opens the page", () -> {
            browser.post(program.stepUpPath(), "username", "ada", "password", Users.PASSWORD);
            return browser.post("/transfer").statusCode() == 200;
        });
    }

    private void devices() {
        Browser browser = loggedIn("cleo");
        loggedIn("cleo");
        HttpResponse<String> devices = browser.get("/devices");
        expect(devices.statusCode() == 200 && devices.body().split(",", -1).length == 2, devices);
    }

    private void logoutEverywhere() {
        Browser browser = loggedIn("dora");
        Browser elsewhere = loggedIn("dora");
        HttpResponse<String> answer = browser.post("/logout-everywhere");
        expect(answer.statusCode() < 400, answer);
        expect(401, elsewhere.get("/me"));
        expect(401, browser.get("/me"));
    }

    private void twoNodes() {
        Browser browser = loggedIn("eve");
        HttpResponse<String> page = browser.at(other).get("/me");
        expect(page.body().equals("hello eve"), page);
        browser.at(one).post("/logout-everywhere");
        browser.at(other);
        Await.until(
                "the login has ended on the other node",
                () -> browser.get("/me").statusCode() == 401);
    }

    private void otherSites() {
        Browser browser = loggedIn("ada");
        if (!browser.isKeptFromOtherSites()) {
            guard();
        }
    }

    private void guard() {
        HttpResponse<String> answer = loggedIn("ada").postFromElsewhere("/transfer");
        expect(isRefused(answer), answer);
    }

    private void outage() {
        Browser browser = loggedIn("ada");
        String cookies = browser.cookies();
        redis.freeze();
        try {
            Await.until("the outage shows", () -> browser.get("/me").statusCode() != 200);
            HttpResponse<String> answer = browser.get("/me");
            expect(503, answer);
            expect(cookies.equals(browser.cookies()), answer);
        } finally {
            redis.thaw();
        }
        Await.until("the login is good again", () -> browser.get("/me").statusCode() == 200);
    }
}
