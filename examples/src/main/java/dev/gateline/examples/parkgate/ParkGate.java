package dev.gateline.examples.parkgate;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The park gate on the JDK's own HTTP server, reachable from this machine only. Thread-safe. */
public final class ParkGate implements AutoCloseable {
    private static final String USAGE =
            "options: --strategy=jwt|session|both (default both), --port=N (default 8080," + " 0 for any that is free)";
    private static final int THREADS = 16;

    private final HttpServer server;
    private final Wiring wiring;
    private final ExecutorService threads;
    private final URI url;

    private ParkGate(HttpServer server, String strategy, Clock clock) {
        int port = server.getAddress().getPort();
        this.server = server;
        url = URI.create("http://localhost:" + port);
        wiring = new Wiring(strategy, port, clock);
        threads = Executors.newFixedThreadPool(THREADS);
        server.createContext("/", new Routes(wiring, new Users()).handler());
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Opens the gate until Ctrl-C.
     *
     * @param args {@code --strategy=jwt|session|both} and {@code --port=N}
     */
    public static void main(String[] args) {
        try {
            Options options = Options.parse(args);
            ParkGate gate = start(options.strategy(), options.port());
            Runtime.getRuntime().addShutdownHook(new Thread(gate::close));
            System.out.println("The park gate is open: " + gate.url() + " (strategy: " + options.strategy() + ")");
        } catch (IllegalArgumentException e) {
            fail(2, e.getMessage() + System.lineSeparator() + USAGE);
        } catch (UncheckedIOException e) {
            fail(1, String.valueOf(e.getMessage()));
        }
    }

    private static void fail(int code, String message) {
        System.err.println(message);
        System.exit(code);
    }

    /**
     * Opens a gate.
     *
     * @param strategy {@code jwt}, {@code session} or {@code both}
     * @param port 0 for any that is free
     * @throws IllegalArgumentException if there is no such strategy or port
     * @throws UncheckedIOException if the port is taken
     */
    public static ParkGate start(String strategy, int port) {
        return start(strategy, port, Clock.systemUTC());
    }

    static ParkGate start(String strategy, int port, Clock clock) {
        HttpServer server = listen(port);
        try {
            return new ParkGate(server, strategy, clock);
        } catch (RuntimeException e) {
            server.stop(0);
            throw e;
        }
    }

    private static HttpServer listen(int port) {
        // else the server and the client's delayed ACK make each answer on a kept connection wait for 40 ms
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " can't be opened: " + e.getMessage(), e);
        }
    }

    /** Where the gate is. */
    public URI url() {
        return url;
    }

    /** Closes the gate; all logins are forgotten. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        wiring.close();
    }

    private record Options(String strategy, int port) {
        static Options parse(String[] args) {
            Options options = new Options("both", 8080);
            for (String arg : args) {
                options = options.with(arg);
            }
            return options;
        }

        private Options with(String arg) {
            String value = arg.substring(arg.indexOf('=') + 1);
            if (arg.startsWith("--strategy=")) {
                return new Options(value, port);
            }
            if (arg.startsWith("--port=")) {
                return new Options(strategy, number(value));
            }
            throw new IllegalArgumentException("unknown option: " + arg);
        }

        private static int number(String text) {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("port: a number from 0 to 65535; was '" + text + "'", e);
            }
        }
    }
}
