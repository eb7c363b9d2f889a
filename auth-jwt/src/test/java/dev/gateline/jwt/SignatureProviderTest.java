package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dev.gateline.AuthEvent;
import dev.gateline.Login;
import dev.gateline.kit.Race;
import dev.gateline.store.Storage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class SignatureProviderTest {
    private static final byte[] BYTES = {1, 2, 3};

    private final RelayProvider relay = new RelayProvider("SHA256withECDSA");

    @TempDir
    private Path folder;

    private static void login(KeyRing ring) {
        try (JwtAuthenticator gate = JwtAuthenticator.builder(Storage.inMemory(10), ring)
                .issuer("https://park.example")
                .audience("park-api")
                .build()) {
            assertThat(gate.authenticate(gate.login(Login.of("ada")).access()).toOptional())
                    .isPresent();
        }
    }

    private static boolean isSigned(SigningKey key) {
        byte[] signature = key.signer().sign(BYTES);
        return key.verification().verify(BYTES, signature);
    }

    @Test
    void ring_inAFile_signsByTheProviderAlsoWithKeysReadAndAfterARotation() {
        Path file = folder.resolve("keys.json");
        KeyRing ring = KeyRing.builder(Algorithm.ES256)
                .file(file)
                .signatures(SignatureProvider.only(relay))
                .build();
        int before = relay.signed();
        login(ring);
        assertThat(relay.signed()).isGreaterThan(before);

        ring.rotateNow();
        before = relay.signed();
        login(ring);
        assertThat(relay.signed()).as("with a new key").isGreaterThan(before);

        RelayProvider again = new RelayProvider("SHA256withECDSA");
        KeyRing read = KeyRing.builder(Algorithm.ES256)
                .file(file)
                .signatures(SignatureProvider.only(again))
                .build();
        login(read);
        assertThat(again.signed()).as("with a key that was read").isPositive();
        assertThat(read.keys()).isEqualTo(ring.keys());
    }

    @Test
    void ring_ofAKeyWithAProvider_keepsItForNewKeys() {
        KeyRing ring = KeyRing.of(SigningKey.generate(Algorithm.ES256).with(SignatureProvider.only(relay)));
        ring.rotateNow();
        int before = relay.signed();
        login(ring);

        assertThat(relay.signed()).isGreaterThan(before);
    }

    @Test
    void ring_readOnly_signsByTheProvider() throws Exception {
        Path file = folder.resolve("mounted.json");
        KeyRing.builder(Algorithm.ES256).file(file).build();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));

        login(KeyRing.readOnly(file, SignatureProvider.only(relay)));

        assertThat(relay.signed()).isPositive();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.readOnly(file, SignatureProvider.only(new RelayProvider())))
                .withMessageContaining("the provider Relay can't be used for SHA256withECDSA");
    }

    @Test
    void build_ringWhoseProviderLacksTheAlgorithm_isRefusedBeforeThereIsAKey() {
        Path file = folder.resolve("never.json");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.builder(Algorithm.EdDSA)
                        .file(file)
                        .signatures(SignatureProvider.only(relay))
                        .build())
                .withMessage("the provider Relay can't be used for Ed25519: NoSuchAlgorithmException; choose another"
                        + " algorithm or provider, or SignatureProvider.preferred(...), which allows the platform's");
        assertThat(file).doesNotExist();
    }

    @Test
    void build_ringWhoseProviderWillLackTheAlgorithmOfNewKeys_isRefused() {
        Path file = folder.resolve("moves.json");
        KeyRing.builder(Algorithm.ES256).file(file).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.builder(Algorithm.RS256)
                        .file(file)
                        .signatures(SignatureProvider.only(relay))
                        .build())
                .withMessageContaining("SHA256withRSA");
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void with_providerThatLacksTheAlgorithm_isRefusedOrThePlatformTakesItsPlaceLoudly(Algorithm algorithm) {
        RelayProvider empty = new RelayProvider();
        SigningKey key = OneKeyEach.of(algorithm);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> key.with(SignatureProvider.only(empty)))
                .withMessageStartingWith("the provider Relay can't be used for ");
        assertThatIllegalArgumentException().isThrownBy(() -> key.verification().with(SignatureProvider.only(empty)));

        SignatureProvider preferred = SignatureProvider.preferred(empty);
        List<String> logged = logged(() -> {
            for (int i = 0; i < 3; i++) {
                assertThat(isSigned(key.with(preferred))).isTrue();
                assertThat(isSigned(key.with(preferred).named("a-name"))).isTrue();
            }
        });
        assertThat(logged)
                .singleElement()
                .asString()
                .startsWith("WARNING the provider Relay can't be used for ")
                .endsWith("; the platform signs and checks instead");
    }

    @Test
    void preferred_twoAlgorithmsThatAreLacking_areEachWarnedOf() {
        SignatureProvider preferred = SignatureProvider.preferred(relay);

        assertThat(logged(() -> {
                    OneKeyEach.of(Algorithm.RS256).with(preferred);
                    SigningKey.generate(Algorithm.ES256).with(preferred);
                    SigningKey.generate(Algorithm.EdDSA).with(preferred);
                }))
                .hasSize(2)
                .anyMatch(line -> line.contains("SHA256withRSA"))
                .anyMatch(line -> line.contains("Ed25519"));
        assertThat(relay.signed()).isPositive();
    }

    /** The lines that are logged meanwhile, with level and message. */
    private static List<String> logged(Runnable action) {
        Logger logger = Logger.getLogger(SignatureProvider.class.getName());
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getLevel() + " " + new SimpleFormatter().formatMessage(entry));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            action.run();
        } finally {
            logger.removeHandler(handler);
        }
        return logged;
    }

    @Test
    void pem_withAProvider_signsByIt() {
        Path file = folder.resolve("key.pem");
        SigningKey.generate(Algorithm.ES256).writePem(file);

        SigningKey key = SigningKey.of(Algorithm.ES256, Pem.file(file)).with(SignatureProvider.only(relay));

        assertThat(isSigned(key)).isTrue();
        assertThat(relay.signed()).isPositive();
        assertThat(relay.checked()).isPositive();
    }

    @Test
    void keySet_withAProvider_checksByItAndPassesOverTheKeysItLacks() {
        SigningKey es = SigningKey.generate(Algorithm.ES256);
        SigningKey rs = OneKeyEach.of(Algorithm.RS256);
        KeySet both = KeySet.parse(jwks(es, rs));

        KeySet usable = both.with(SignatureProvider.only(relay));
        VerificationKey key = usable.find(es.verification().id()).orElseThrow();

        assertThat(key.verify(BYTES, es.signer().sign(BYTES))).isTrue();
        assertThat(relay.checked()).isEqualTo(1);
        assertThat(usable.keys()).hasSize(1);
        assertThat(usable.find("")).as("there were two keys").isEmpty();
        assertThat(usable.passedOver())
                .singleElement()
                .satisfies(other ->
                        assertThat(other.keyId()).isEqualTo(rs.verification().id()))
                .satisfies(other ->
                        assertThat(other.reason()).contains("the provider Relay can't be used for SHA256withRSA"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeySet.parse(jwks(rs)).with(SignatureProvider.only(relay)))
                .withMessageContaining("SHA256withRSA");
        assertThat(KeySet.parse(jwks(es)).with(SignatureProvider.only(relay)).find(""))
                .as("the only key")
                .isPresent();
    }

    private static String jwks(SigningKey... keys) {
        return List.of(keys).stream()
                .map(key -> key.verification().jwk())
                .collect(java.util.stream.Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    @Test
    void remoteKeys_withAProvider_checkByItAndTellOfKeysItLacks() throws Exception {
        SigningKey es = SigningKey.generate(Algorithm.ES256);
        SigningKey rs = OneKeyEach.of(Algorithm.RS256);
        byte[] jwks = jwks(es, rs).getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/jwks", exchange -> {
            exchange.sendResponseHeaders(200, jwks.length);
            exchange.getResponseBody().write(jwks);
            exchange.close();
        });
        server.start();
        List<AuthEvent> events = new CopyOnWriteArrayList<>();
        URI address = URI.create("http://localhost:" + server.getAddress().getPort() + "/jwks");
        try (RemoteKeys keys = RemoteKeys.jwks(address)
                .insecureHttpForLocalDevelopment()
                .signatures(SignatureProvider.only(relay))
                .listener(events::add)
                .build()) {
            VerificationKey key = keys.find(es.verification().id()).orElseThrow();

            assertThat(key.verify(BYTES, es.signer().sign(BYTES))).isTrue();
            assertThat(relay.checked()).isEqualTo(1);
            assertThat(keys.find(rs.verification().id())).isEmpty();
            assertThat(events)
                    .filteredOn(AuthEvent.KeyPassedOver.class::isInstance)
                    .singleElement()
                    .asString()
                    .contains(rs.verification().id());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void key_usedAgain_isNotPreparedAgain() {
        SigningKey key = SigningKey.generate(Algorithm.ES256).with(SignatureProvider.only(relay));
        int made = relay.made();
        for (int i = 0; i < 100; i++) {
            assertThat(isSigned(key)).isTrue();
        }

        assertThat(relay.made()).isEqualTo(made);
        assertThat(relay.signed()).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void key_usedByManyThreads_signsAndChecksRightlyInEach(Algorithm algorithm) {
        SigningKey key = OneKeyEach.of(algorithm);
        byte[] others = key.signer().sign(new byte[] {3, 2, 1});
        int rounds = algorithm.isSymmetric() ? 2_000 : 20;

        assertThat(Race.run(6, () -> {
                    int right = 0;
                    for (int i = 0; i < rounds; i++) {
                        byte[] bytes = {(byte) i, (byte) Thread.currentThread().getId()};
                        boolean own =
                                key.verification().verify(bytes, key.signer().sign(bytes));
                        right += own && !key.verification().verify(bytes, others) ? 1 : 0;
                    }
                    return right;
                }))
                .containsOnly(rounds);
    }
}
