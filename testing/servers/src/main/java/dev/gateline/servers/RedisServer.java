package dev.gateline.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
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
import org.jspecify.annotations.Nullable;

/** A Redis that keeps nothing on disk, unless it is told to. Ends with the JVM at the latest. Not thread-safe. */
public final class RedisServer implements Server {
    private static final Map<String, Path> PROGRAMS = new ConcurrentHashMap<>();
    private static final Map<Version, RedisServer> SHARED = new ConcurrentHashMap<>();

    private final Version version;
    private final int port;
    private final List<String> settings;
    private final Path directory;
    private @Nullable Process process;

    /** Those that artifacts carry. */
    public enum Version {
        /** 7.0. */
        V7("redis-server-7.0.15-"),
        /** 6.2. */
        V6("redis-server-6.2.");

        private final String begin;

        Version(String begin) {
            this.begin = begin;
        }

        private String resource() {
            boolean arm = System.getProperty("os.arch").contains("aarch64");
            boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
            String system = (mac ? "darwin" : "linux") + (arm ? "-arm64" : "-amd64");
            String exact = this == V7 ? begin : begin + (arm && !mac ? "7-" : "6-v5-");
            return "/" + exact + system;
        }
    }

    /** One for all tests of this JVM that spare what others have in it. */
    public static RedisServer shared(Version version) {
        return SHARED.computeIfAbsent(version, RedisServer::start);
    }

    /** Starts one of one's own. */
    public static RedisServer start(Version version) {
        return start(version, List.of());
    }

    /**
     * Starts one of one's own.
     *
     * @param settings as on the command line: {@code --appendonly}, {@code yes}
     */
    public static RedisServer start(Version version, List<String> settings) {
        RedisServer server = new RedisServer(version, Ports.free(), settings);
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
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    @Override
    public void start() {
        Path program = PROGRAMS.computeIfAbsent(version.resource(), RedisServer::extract);
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if (settings.contains("--sentinel")) {
            command.add(emptyFile("sentinel.conf").toString());
        } else {
            command.addAll(List.of("--save", "", "--appendonly", "no"));
        }
        command.addAll(List.of("--port", "" + port, "--bind", "127.0.0.1", "--dir", directory.toString()));
        command.addAll(settings);
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("Redis answers", this::answers);
    }

    private Path emptyFile(String name) {
        try {
            return Files.write(directory.resolve(name), new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path extract(String resource) {
        try (InputStream in = Objects.requireNonNull(RedisServer.class.getResourceAsStream(resource), resource)) {
            Path program = Files.createTempFile("gateline-redis", "");
            program.toFile().deleteOnExit();
            Files.copy(in, program, StandardCopyOption.REPLACE_EXISTING);
            if (!program.toFile().setExecutable(true)) {
                throw new IOException("not made executable: " + program);
            }
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try {
            String answer = ask("PING");
            return !answer.isEmpty() && !answer.startsWith("-LOADING");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /**
     * Says something to it, on a connection of its own.
     *
     * @param words of which none has blanks
     * @return the answer as it comes over the wire, at most its first 64 KiB
     */
    public String ask(String... words) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            OutputStream out = socket.getOutputStream();
            out.write((String.join(" ", words) + "\r\n").getBytes(UTF_8));
            // Sentinel knows no QUIT
            socket.shutdownOutput();
            return new String(socket.getInputStream().readNBytes(1 << 16), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many commands it has carried out since it was started, those in scripts and this question included. */
    public long commands() {
        return ask("INFO", "stats")
                .lines()
                .filter(line -> line.startsWith("total_commands_processed:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    @Override
    public int port() {
        return port;
    }

    /** Where it listens, as clients want it. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Where its files are: {@code log}, what was put there for it. */
    public Path directory() {
        return directory;
    }

    /** The processor time that it has used since it was started. */
    public Duration cpuTime() {
        return Processes.cpuTime(running().toHandle());
    }

    @Override
    public void freeze() {
        Processes.signal("STOP", running().toHandle());
    }

    @Override
    public void thaw() {
        Processes.signal("CONT", running().toHandle());
    }

    @Override
    public void kill() {
        if (process != null) {
            Processes.kill(process.toHandle());
        }
    }

    @Override
    public void stop() {
        running().destroy();
        Await.until("Redis has ended", () -> !running().isAlive());
    }

    private Process running() {
        return Objects.requireNonNull(process, "not started");
    }

    @Override
    public void close() {
        kill();
        Trees.delete(directory);
    }
}
