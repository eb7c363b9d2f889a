package dev.gateline.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.Rejection;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.kit.Browser;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.InProcessFeed;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import dev.gateline.store.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The procedure of docs/operations/stolen-key.md for a stolen signing key, step by step, at two nodes. */
class StolenKeyTest {
    private static final String ISSUER = "https://park.example";
    private static final String AUDIENCE = "park";

    @TempDir
    Path folder;

    private final Storage shared = Storage.inMemory(100);
    private final Ring ring = new Ring();
    private final InProcessFeed feed = ChangeFeed.inProcess();
    private final Node here = new Node();
    private final Node there = new Node();

    /** Each has a memory and a ring of its own. */
    private final class Node {
        private final NearStorage storage = NearStorage.over(SharedStorage.of(shared, feed.another()));
        private final KeyRing keys = KeyRing.builder(Algorithm.ES256)
                .store(KeyRingStore.announced(ring, "park", feed.another()))
                .build();
        private final JwtAuthenticator jwt = JwtAuthenticator.builder(storage, keys)
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .build();
        private final SessionAuthenticator sessions =
                SessionAuthenticator.builder(storage).build();
        private final HttpAuth browsers = HttpAuth.builder()
                .lane(CookieCarrier.create(), jwt)
                .origin(ISSUER)
                .build();

        void close() {
            jwt.close();
            sessions.close();
            storage.close();
        }
    }

    private static final class Ring implements KeyRingStore {
        private Optional<Document> stored = Optional.empty();

        @Override
        public synchronized Optional<Document> load() {
            return stored;
        }

        @Override
        public synchronized Written replace(Document next, long tag) {
            if (tag != stored.map(Document::tag).orElse(NONE)) {
                return Written.STALE;
            }
            stored = Optional.of(next);
            return Written.DONE;
        }
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    /** Somebody who has a copy of the ring as it is now, and signs what they like with it. */
    private JwtAuthenticator thief() throws IOException {
        Path copy = folder.resolve("keys.json");
        Files.writeString(copy, ring.load().orElseThrow().text());
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
        return JwtAuthenticator.builder(Storage.inMemory(10), KeyRing.readOnly(copy))
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .build();
    }

    private void assertLiveEverywhere(Credential access) {
        for (Node node : List.of(here, there)) {
            assertThat(node.jwt.authenticate(access).rejection()).isEmpty();
        }
    }

    private void assertEverywhere(Rejection reason, Credential access) {
        for (Node node : List.of(here, there)) {
            assertThat(node.jwt.authenticate(access).rejection()).contains(reason);
        }
    }

    @Test
    void remove_theStolenKey_shutsTheThiefOutAtOnceAndLogsNobodyOut() throws IOException {
        Grant ada = here.jwt.login(Login.of("ada"));
        Browser grace = new Browser();
        assertThat(there.browsers
                        .login(grace.request("POST"), Login.of("grace"))
                        .toOptional())
                .isPresent();
        Grant session = here.sessions.login(Login.of("ada"));
        JwtAuthenticator thief = thief();
        Credential forged = thief.login(Login.of("ada")).access();
        assertLiveEverywhere(forged);

        String stolen = here.keys.keys().get(0).id();
        assertThat(here.keys.remove(stolen)).isTrue();

        assertEverywhere(Rejection.BAD_SIGNATURE, forged);
        assertEverywhere(Rejection.BAD_SIGNATURE, thief.login(Login.of("grace")).access());
        assertThat(there.jwt.renew(thief.login(Login.of("ada")).renewal()).rejection())
                .contains(Rejection.UNKNOWN);
        assertEverywhere(Rejection.BAD_SIGNATURE, ada.access());
        Grant renewed = there.jwt.renew(ada.renewal()).toOptional().orElseThrow();
        assertLiveEverywhere(renewed.access());
        assertThat(here.browsers.authenticate(grace.request("GET")).rejection()).isEmpty();
        assertThat(there.sessions.authenticate(session.access()).rejection()).isEmpty();
    }

    /** Why a rotation is not enough, and why the key goes first. */
    @Test
    void rotateNowAndEndEverybody_withoutRemove_leaveTheThiefIn() throws IOException {
        Grant ada = here.jwt.login(Login.of("ada"));
        JwtAuthenticator thief = thief();
        here.keys.rotateNow();
        assertLiveEverywhere(thief.login(Login.of("ada")).access());

        here.jwt.logins().endEverybody();

        assertThat(there.jwt.renew(ada.renewal()).rejection()).contains(Rejection.REVOKED);
        // a thief signs any epoch: here one from after the ending
        thief.logins().endEverybody();
        assertLiveEverywhere(thief.login(Login.of("ada")).access());
    }

    @Test
    void endEverybody_afterRemove_endsRefreshTokensBrowsersAndSessionsAtAllNodes() throws IOException {
        Grant ada = here.jwt.login(Login.of("ada"));
        Browser grace = new Browser();
        assertThat(there.browsers
                        .login(grace.request("POST"), Login.of("grace"))
                        .toOptional())
                .isPresent();
        Grant session = there.sessions.login(Login.of("ada"));
        JwtAuthenticator thief = thief();

        here.keys.remove(here.keys.keys().get(0).id());
        here.jwt.logins().endEverybody();
        here.sessions.logins().endEverybody();

        assertEverywhere(Rejection.BAD_SIGNATURE, thief.login(Login.of("ada")).access());
        for (Node node : List.of(here, there)) {
            assertThat(node.jwt.renew(ada.renewal()).rejection()).contains(Rejection.REVOKED);
            assertThat(node.browsers.authenticate(grace.request("GET")).rejection())
                    .contains(Rejection.REVOKED);
            assertThat(node.sessions.authenticate(session.access()).rejection()).contains(Rejection.REVOKED);
        }
        assertLiveEverywhere(there.jwt.login(Login.of("ada")).access());
        assertThat(there.browsers
                        .login(grace.request("POST"), Login.of("grace"))
                        .toOptional())
                .isPresent();
        assertThat(here.browsers.authenticate(grace.request("GET")).rejection()).isEmpty();
    }
}
