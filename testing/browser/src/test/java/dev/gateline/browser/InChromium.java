package dev.gateline.browser;

import dev.gateline.Authenticator;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.HttpAuthBuilder;
import dev.gateline.kit.MutableClock;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server and a browser for each test. */
abstract class InChromium {
    static final String PARK = "park.example";
    static final String SIBLING = "mallory.park.example";
    static final String OTHER = "mallory.example";

    final MutableClock clock = new MutableClock();
    final Storage storage = Storage.inMemory(1000);

    @TempDir
    Path folder;

    Site site;
    Chromium browser;

    @BeforeEach
    void start() throws Exception {
        site = new Site(folder);
        browser = new Chromium(folder.resolve("profile"));
    }

    @AfterEach
    void stop() {
        browser.close();
        site.close();
    }

    SessionAuthenticator sessions() {
        return SessionAuthenticator.builder(storage).clock(clock).build();
    }

    HttpAuthBuilder wired(CookieCarrier carrier, Authenticator authenticator) {
        return HttpAuth.builder()
                .lane(carrier, authenticator)
                .origin(site.origin(PARK))
                .clock(clock);
    }

    /** An application under a path of its own, with sessions in cookies. */
    void add(String prefix, CookieCarrier carrier) {
        site.add(prefix, wired(carrier, sessions()).build());
    }

    String park(String path) {
        return site.at(PARK, path);
    }

    void login(String prefix, String user) {
        browser.open(park("/blank"));
        String status = browser.post(park(prefix + "/login?" + user));
        if (!status.equals("200")) {
            throw new AssertionError("login was answered with " + status);
        }
    }

    String me(String prefix) {
        return browser.open(park(prefix + "/me")).text();
    }
}
