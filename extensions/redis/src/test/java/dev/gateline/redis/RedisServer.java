package dev.gateline.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** A real server, of a version that a Maven artifact carries. Ends with the JVM at the latest. */
final class RedisServer implements AutoCloseable {
    private static final Map<String, Path> BINARIES = new ConcurrentHashMap<>();
    private static final Map<String, RedisServer> SHARED = new ConcurrentHashMap<>();

    private final Version version;
    private final int port;
    private final List<String> settings;
    private final Path directory;
    private Process process;

    enum Version {
        V7("redis-server-7.0.15-"),
        V6("redis-server-6.2.");

        private final String begin;

        Version(String begin) {
            this.begin = begin;
        }

        String resource() {
            boolean arm = System.getProperty("os.arch").contains("aarch64");
            boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
            String system = (mac ? "darwin" : "linux") + (arm ? "-arm64" : "-amd64");
            String exact = this == V7 ? begin : begin + (arm && !mac ? "7-" : "6-v5-");
            return "/" + exact + system;
        }
    }

    /** One for all tests of this JVM that spare what others have in it. */
    static RedisServer shared(Version version) {
        return SHARED.computeIfAbsent(version.name(), name -> start(version));
    }

    static RedisServer start(Version version, String... settings) {
        return start(version, freePort(), settings);
    }

    static RedisServer start(Version version, int port, String... settings) {
        RedisServer server = new RedisServer(version, port, List.of(settings));
        Runtime.getRuntime().addShutdownHook(new Thread(server::kill));
        server.start();
        return server;
    }

    private RedisServer(Version version, int port, List<String> settings) {
        this.version = version;
        this.port = port;
        this.settings = settings;
        try {
            directory = Files.createTempDirectory("gateline-redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        directory.toFile().deleteOnExit();
    }

    /** Starts it, again if it was killed, with nothing in it. */
    void start() {
        List<String> command =
                new ArrayList<>(List.of(BINARIES.computeIfAbsent(version.resource(), RedisServer::extract)
                        .toString()));
        if (settings.contains("--sentinel")) {
            command.add(directory.resolve("sentinel.conf").toString());
        }
        command.addAll(
                List.of("--port", "" + port, "--bind", "127.0.0.1", "--save", "", "--dir", directory.toString()));
        command.addAll(settings);
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await("the server listens", this::answers);
    }

    private static Path extract(String resource) {
        try (InputStream in = Objects.requireNonNull(RedisServer.class.getResourceAsStream(resource), resource)) {
            Path binary = Files.createTempFile("gateline-redis", "");
            Files.copy(in, binary, StandardCopyOption.REPLACE_EXISTING);
            binary.toFile().deleteOnExit();
            if (!binary.toFile().setExecutable(true)) {
                throw new IOException("not made executable: " + binary);
            }
            return binary;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        // of which the port of a cluster's bus, 10,000 more, is one too
        for (int tries = 0; tries < 100; tries++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() < 55_000) {
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("no free port");
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write("PING\r\n".getBytes(UTF_8));
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** What the server has written down so far. */
    String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers nothing any more, and keeps its connections. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, "" + process.pid())
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** Waits, with a deadline. */
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 30 s: " + what);
            }
            Thread.onSpinWait();
        }
    }
}
