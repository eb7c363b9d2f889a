package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Credential;
import dev.gateline.Login;
import dev.gateline.store.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys whose provider is away, beside keys that their provider can't use. */
class ProviderOutageTest {
    private static final String ES256 = "SHA256withECDSA";

    private final RelayProvider relay = new RelayProvider(ES256);
    private final SignatureProvider only = SignatureProvider.only(relay);
    private final KeyRing ring = KeyRing.generate(Algorithm.ES256);
    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger fetches = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        byte[] jwks = ring.jwks().getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/jwks", exchange -> {
            fetches.incrementAndGet();
            exchange.sendResponseHeaders(200, jwks.length);
            exchange.getResponseBody().write(jwks);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private RemoteKeys remote() {
        return RemoteKeys.jwks(
                        URI.create("http://localhost:" + server.getAddress().getPort() + "/jwks"))
                .insecureHttpForLocalDevelopment()
                .signatures(only)
                .listener(events::add)
                .build();
    }

    private Credential token() {
        return JwtAuthenticator.builder(Storage.inMemory(10), ring)
                .issuer("https://park.example")
                .audience("park-api")
                .build()
                .login(Login.of("ada"))
                .access();
    }

    private static JwtVerifier verifier(KeySource keys) {
        return JwtVerifier.builder(keys)
                .issuer("https://park.example")
                .audience("park-api")
                .tokensLiveUntilTheyExpire()
                .build();
    }

    private void assertIsAnOutageUntilItIsBack(KeySource keys, Runnable putBack) {
        Credential token = token();
        JwtVerifier verifier = verifier(keys);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(AuthUnavailableException.class).isThrownBy(() -> verifier.authenticate(token));
        }
        putBack.run();
        assertThat(verifier.authenticate(token).toOptional()).isPresent();
    }

    @Test
    void remoteKeys_providerIsAwayWhenTheyAreFetched_areAnOutageAndNoRejection() {
        relay.pullOut();
        try (RemoteKeys keys = remote()) {
            assertIsAnOutageUntilItIsBack(keys, relay::putBack);

            assertThat(fetches).as("the set need not be fetched again").hasValue(1);
            assertThat(events).isEmpty();
        }
    }

    @Test
    void keySet_providerIsAwayWhenItIsWired_isAnOutageAndNoRejection() {
        relay.pullOut();
        KeySet keys = KeySet.parse(ring.jwks()).with(only);

        assertThat(keys.passedOver()).isEmpty();
        assertIsAnOutageUntilItIsBack(keys, relay::putBack);
    }

    @Test
    void keySet_libraryOfTheProviderIsBroken_isAnOutageAndNoRejection() {
        relay.beforeMaking(() -> {
            throw new UnsatisfiedLinkError("no library");
        });

        assertIsAnOutageUntilItIsBack(KeySet.parse(ring.jwks()).with(only), () -> relay.beforeMaking(() -> {}));
    }

    @Test
    void keySet_providerThatHadTheAlgorithmTakesItBack_isAnOutageAndNoRejection() {
        KeySet keys = KeySet.parse(ring.jwks());
        assertThat(keys.with(only).keys()).hasSize(1);
        relay.pullOutWithItsServices();

        assertIsAnOutageUntilItIsBack(keys.with(only), () -> relay.putBackWithServices(ES256));
    }

    @Test
    void keySet_sharedSecretWhoseProviderTakesItBack_isAnOutageAndNoRejection() {
        SigningKey secret = SigningKey.generate(Algorithm.HS256);
        MacProvider macs = new MacProvider();
        SignatureProvider onlyMacs = SignatureProvider.only(macs);
        KeySet keys = KeySet.of(secret.verification());
        assertThat(keys.with(onlyMacs).keys()).hasSize(1);
        byte[] bytes = {1, 2, 3};
        byte[] signature = secret.signer().sign(bytes);

        macs.pullOut();
        VerificationKey key = keys.with(onlyMacs).keys().get(0);

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> key.verify(bytes, signature));
        macs.putBack();
        assertThat(key.verify(bytes, signature)).isTrue();
    }

    @Test
    void keySet_keyThatTheProviderCantUse_isSkippedAndRefusedIfItIsTheOnlyOne() {
        SigningKey other = OneKeyEach.of(Algorithm.RS256);
        String both = ring.jwks().replace("]}", "," + other.verification().jwk() + "]}");
        relay.refuseKeys();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.parse(both).with(only))
                .withMessageContaining("SHA256withECDSA: InvalidKeyException")
                .withMessageContaining("SHA256withRSA: NoSuchAlgorithmException");
    }

    @Test
    void preferred_providerIsAwayWhenTheKeyIsMade_thePlatformChecks() {
        relay.pullOut();
        KeySet keys = KeySet.parse(ring.jwks()).with(SignatureProvider.preferred(relay));

        assertThat(verifier(keys).authenticate(token()).toOptional()).isPresent();
    }

    @Test
    void build_providerIsAway_isAnOutageAndNotAWrongWiring() {
        relay.pullOut();
        List<Runnable> wirings = List.of(
                () -> ring.active().with(only),
                () -> ring.active().verification().with(only),
                () -> SigningKey.of(Algorithm.ES256, Forge.curve("secp256r1"), relay),
                () -> KeyRing.builder(Algorithm.ES256).signatures(only).build());

        assertThat(wirings)
                .allSatisfy(wiring -> assertThatExceptionOfType(AuthUnavailableException.class)
                        .isThrownBy(wiring::run)
                        .withMessageContaining("the provider Relay can't be used for SHA256withECDSA: "));
    }

    @Test
    void build_providerIsAwayForAStoredKey_isAnOutageThatNamesTheKey() {
        MemoryKeyRingStore store = new MemoryKeyRingStore();
        KeyRing known = KeyRing.builder(Algorithm.ES256).store(store).build();
        relay.beforeMaking(() -> {
            if (relay.made() > 1) {
                relay.pullOut();
            }
        });

        assertThatExceptionOfType(AuthUnavailableException.class)
                .isThrownBy(() -> KeyRing.builder(Algorithm.ES256)
                        .store(store)
                        .signatures(only)
                        .build())
                .withMessageStartingWith(
                        "the ring's key " + known.active().verification().id() + " can't be used: the provider Relay");
    }
}
