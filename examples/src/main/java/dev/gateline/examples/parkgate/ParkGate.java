package dev.gateline.examples.parkgate;

import com.sun.net.httpserver.HttpServer;
import dev.gateline.AuthUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** The park gate on the JDK's own HTTP server, reachable from this machine only. Thread-safe. */
public final class ParkGate implements AutoCloseable {
    private static final String USAGE = """
            options: --strategy=jwt|session|both (default both)
                     --port=N (default 8080, 0 for any that is free; several as 8080,8081: that many gates)
                     --store=memory|redis://...|jdbc:... (default memory, of each gate; the others are shared)""";

    /**
     * So many that those who send a request slowly don't keep the others from coming in; each of them is cut off in
     * time.
     */
    private static final int THREADS = 256;

    private final HttpServer server;
    private final Wiring wiring;
    private final OpenPages openPages;
    private final ExecutorService threads;
    private final URI url;

    private ParkGate(HttpServer server, String strategy, Place place, Clock clock) {
        int port = server.getAddress().getPort();
        this.server = server;
        url = URI.create("http://localhost:" + port);
        wiring = new Wiring(strategy, place, port, clock);
        threads = Executors.newFixedThreadPool(THREADS);
        openPages = new OpenPages(wiring.auth(), OpenPages.Limits.USUAL);
        server.createContext(OpenPages.PATH, openPages.handler());
        server.createContext("/", new Routes(wiring, new Users()).handler());
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Opens the gate, or several, until Ctrl-C.
     *
     * @param args {@code --strategy=jwt|session|both}, {@code --port=N,N,...},
     *     {@code --store=memory|redis://...|jdbc:...}
     */
    public static void main(String[] args) {
        try {
            Options options = Options.parse(args);
            for (int port : options.ports()) {
                ParkGate gate = start(options.strategy(), port, options.store());
                Runtime.getRuntime().addShutdownHook(new Thread(gate::close));
                System.out.println("The park gate is open: " + gate.url() + " (strategy: " + options.strategy() + ")");
            }
        } catch (IllegalArgumentException e) {
            fail(2, e.getMessage() + System.lineSeparator() + USAGE);
        } catch (UncheckedIOException | AuthUnavailableException e) {
            fail(1, String.valueOf(e.getMessage()));
        }
    }

    private static void fail(int code, String message) {
        System.err.println(message);
        System.exit(code);
    }

    /**
     * Opens a gate that keeps everything in its memory.
     *
     * @param strategy {@code jwt}, {@code session} or {@code both}
     * @param port 0 for any that is free
     * @throws IllegalArgumentException if there is no such strategy or port
     * @throws UncheckedIOException if the port is taken
     */
    public static ParkGate start(String strategy, int port) {
        return start(strategy, port, Place.MEMORY);
    }

    /**
     * Opens a gate.
     *
     * @param strategy {@code jwt}, {@code session} or {@code both}
     * @param port 0 for any that is free
     * @param store {@code memory}, or the URI of a Redis or of an SQL database, which any number of gates may share
     * @throws IllegalArgumentException if there is no such strategy, port or kind of store
     * @throws UncheckedIOException if the port is taken
     * @throws AuthUnavailableException if the database is out of reach; a Redis may come up later
     */
    public static ParkGate start(String strategy, int port, String store) {
        return start(strategy, port, store, Clock.systemUTC());
    }

    static ParkGate start(String strategy, int port, String store, Clock clock) {
        HttpServer server = listen(port);
        try {
            return new ParkGate(server, strategy, Place.open(store, clock), clock);
        } catch (RuntimeException e) {
            server.stop(0);
            throw e;
        }
    }

    private static HttpServer listen(int port) {
        // else the server and the client's delayed ACK make each answer on a kept connection wait for 40 ms
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // in seconds; else a request that is never sent to its end keeps its thread for ever
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "30");
        // in milliseconds: how often the server looks for such requests
        System.setProperty("sun.net.httpserver.clockTick", "1000");
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

    /** Closes the gate; all logins that were in its memory are forgotten. */
    @Override
    public void close() {
        openPages.close();
        server.stop(0);
        threads.shutdown();
        wiring.close();
    }

    private record Options(String strategy, List<Integer> ports, String store) {
        static Options parse(String[] args) {
            Options options = new Options("both", List.of(8080), Place.MEMORY);
            for (String arg : args) {
                options = options.with(arg);
            }
            return options;
        }

        private Options with(String arg) {
            String value = arg.substring(arg.indexOf('=') + 1);
            if (arg.startsWith("--strategy=")) {
                return new Options(value, ports, store);
            }
            if (arg.startsWith("--port=")) {
                return new Options(strategy, numbers(value), store);
            }
            if (arg.startsWith("--store=")) {
                return new Options(strategy, ports, value);
            }
            throw new IllegalArgumentException("unknown option: " + arg);
        }

        private static List<Integer> numbers(String text) {
            try {
                return Stream.of(text.split(",", -1)).map(Integer::valueOf).toList();
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("port: a number from 0 to 65535; was '" + text + "'", e);
            }
        }
    }
}
