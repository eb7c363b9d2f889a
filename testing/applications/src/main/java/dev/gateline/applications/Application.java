package dev.gateline.applications;

import dev.gateline.servers.Await;
import dev.gateline.servers.Ports;
import dev.gateline.servers.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** An application in a process of its own, which ends with this JVM at the latest. Not thread-safe. */
final class Application implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(4);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int MOST_SAID = 3_000;

    private final Program program;
    private final int port;
    private final Path log;
    private final Process process;

    private Application(Program program, int port, Path log, Process process) {
        this.program = program;
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts one, and does not wait for it.
     *
     * @param settings as on the command line
     */
    static Application start(Program program, RedisServer redis, List<String> settings) {
        int port = Ports.free();
        try {
            Path log = Files.createTempFile("gateline-application", ".log");
            List<String> command = new ArrayList<>(List.of(java(), "-Xmx512m", "-cp", program.classPath()));
            command.add(program.mainClass());
            command.addAll(List.of(
                    "--server.address=127.0.0.1",
                    "--server.port=" + port,
                    "--spring.main.banner-mode=off",
                    "--logging.level.root=WARN",
                    "--spring.config.location=optional:classpath:dev/gateline/applications/" + program.folder() + "/",
                    "--gateline.redis.uri=" + redis.uri(),
                    "--park.redis=" + redis.uri(),
                    "--spring.data.redis.url=" + redis.uri()));
            command.addAll(settings);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new Application(program, port, log, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Waits until it answers, which takes minutes on a machine that does much else. */
    Application ready() {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (!answers()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(program + " has not begun to answer within " + LONGEST_START);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return this;
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException(program + " has ended:\n" + said());
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** The begin of its log. */
    String said() {
        try {
            String all = Files.readString(log);
            return all.substring(0, Math.min(MOST_SAID, all.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** The time that it has had on processors. */
    Duration processorTime() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Await.until(program + " has ended", () -> !process.isAlive());
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
