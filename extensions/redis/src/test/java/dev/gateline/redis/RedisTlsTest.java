package dev.gateline.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, with certificates that the JVM trusts when the test says so. */
class RedisTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory;

    private int port;

    @BeforeEach
    void findPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
    }

    @Test
    void rediss_certificateTrusted_works() throws Exception {
        try (RedisServer server = serverNamed("ip:127.0.0.1");
                RedisStorage storage = storage()) {
            trust(() -> {
                Served.calls(storage).values().forEach(Runnable::run);
                Heard.on(storage);
            });
            assertThat(server.ask("PING")).startsWith("+PONG");
        }
    }

    @Test
    void rediss_certificateUnknown_isAnOutage() throws Exception {
        try (RedisServer server = serverNamed("ip:127.0.0.1");
                RedisStorage storage = storage()) {
            assertThatThrownBy(() -> storage.logins().find(new LoginId("l")))
                    .isInstanceOf(AuthUnavailableException.class)
                    .hasMessageContaining("certification path to requested target");
            assertThat(server.ask("PING")).startsWith("+PONG");
        }
    }

    @Test
    void cluster_certificateUnknown_saysSo() throws Exception {
        try (RedisServer server = serverNamed("ip:127.0.0.1");
                RedisStorage storage = RedisStorage.cluster("rediss://127.0.0.1:" + port)
                        .timeout(Duration.ofSeconds(20))
                        .build()) {
            assertThatThrownBy(() -> storage.logins().find(new LoginId("l")))
                    .isInstanceOf(AuthUnavailableException.class)
                    .hasMessageContaining("certification path to requested target");
            assertThat(server.ask("PING")).startsWith("+PONG");
        }
    }

    @Test
    void rediss_certificateOfAnotherHost_isAnOutage() throws Exception {
        try (RedisServer server = serverNamed("dns:elsewhere.example");
                RedisStorage storage = storage()) {
            trust(() -> assertThatThrownBy(() -> storage.logins().find(new LoginId("l")))
                    .isInstanceOf(AuthUnavailableException.class)
                    .hasMessageContaining("No subject alternative names"));
            assertThat(server.ask("PING")).startsWith("+PONG");
        }
    }

    @Test
    void redis_portThatTakesTls_saysThatTheSchemeMustFit() throws Exception {
        try (RedisServer server = serverNamed("ip:127.0.0.1");
                RedisStorage storage =
                        RedisStorage.builder("redis://127.0.0.1:" + port).build()) {
            assertThatThrownBy(() -> storage.logins().find(new LoginId("l")))
                    .isInstanceOf(AuthUnavailableException.class)
                    .hasMessageContaining("scheme of the uri");
            assertThat(server.ask("PING")).startsWith("+PONG");
        }
    }

    /** With time enough for a first handshake on a busy machine. */
    private RedisStorage storage() {
        return RedisStorage.builder("rediss://127.0.0.1:" + port)
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    private RedisServer serverNamed(String name) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=redis",
                        "-ext",
                        "SAN=" + name,
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Path certificate = pem("CERTIFICATE", keys.getCertificate("redis").getEncoded());
        Path key =
                pem("PRIVATE KEY", keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
        return RedisServer.start(
                Version.V7,
                List.of(
                        "--tls-port",
                        "" + port,
                        "--tls-cert-file",
                        certificate.toString(),
                        "--tls-key-file",
                        key.toString(),
                        "--tls-ca-cert-file",
                        certificate.toString(),
                        "--tls-auth-clients",
                        "no"));
    }

    private Path pem(String kind, byte[] content) throws IOException {
        return Files.writeString(
                directory.resolve(kind.replace(" ", "") + ".pem"),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + kind + "-----\n");
    }

    private void trust(Runnable action) {
        System.setProperty(
                "javax.net.ssl.trustStore", directory.resolve("store.p12").toString());
        System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
        try {
            action.run();
        } finally {
            System.clearProperty("javax.net.ssl.trustStore");
            System.clearProperty("javax.net.ssl.trustStorePassword");
        }
    }
}
