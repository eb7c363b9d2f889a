package dev.gateline.servers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A cable to a server on this machine, which can be cut or be long. Thread-safe. */
public final class Wire implements AutoCloseable {
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(2);

    private volatile int to;
    private final ServerSocket entrance;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile boolean frozen;
    private volatile boolean answersHeld;
    private volatile List<String> refused = List.of();
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicInteger statements = new AtomicInteger();
    private final AtomicLong answered = new AtomicLong();
    private volatile Duration delay = Duration.ZERO;

    /**
     * Lays one.
     *
     * @param to the port of the server
     */
    public Wire(int to) {
        this.to = to;
        try {
            entrance = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** Where clients find the server. */
    public int port() {
        return entrance.getLocalPort();
    }

    /** Breaks all connections, and each new one. */
    public void cut() {
        cut = true;
        open.forEach(Wire::close);
    }

    /**
     * Breaks each connection on which a client says one of these, as it says it, until the cable is mended.
     *
     * @param words in ASCII
     */
    public void refuse(List<String> words) {
        refused = words;
    }

    /** Everything gets through again, on new connections. */
    public void mend() {
        cut = false;
        refused = List.of();
    }

    /** Connections stay open and nothing gets through, as if the machine at this end had been suspended. */
    public void freeze() {
        frozen = true;
    }

    /** Connections stay open and servers hear all, but no answer gets through. */
    public void holdAnswers() {
        answersHeld = true;
    }

    /** Everything that was held back arrives, and connections go on. */
    public void thaw() {
        frozen = false;
        answersHeld = false;
    }

    /**
     * Each new connection leads to another server. Open ones stay where they are until the cable is cut.
     *
     * @param port of that server
     */
    public void move(int port) {
        to = port;
    }

    /** Delays every byte from now on, in both directions. */
    public void delay(Duration by) {
        delay = by;
    }

    /** How many times clients have sent something and then waited, as long as they do one thing at a time. */
    public int questions() {
        return questions.get();
    }

    /**
     * How many statements clients have sent, if the server is a PostgreSQL: those that begin and end transactions, too.
     */
    public int statements() {
        return statements.get();
    }

    /** How many bytes the server has sent to clients. */
    public long answered() {
        return answered.get();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                connect(entrance.accept());
            } catch (IOException e) {
                // closed, or this one client has gone
            }
        }
    }

    private void connect(Socket client) throws IOException {
        open.add(client);
        if (cut) {
            close(client);
            return;
        }
        client.setTcpNoDelay(true);
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
            server.setTcpNoDelay(true);
            open.add(server);
            daemon(() -> carry(client, server, () -> false, this::hear));
            daemon(() -> carry(server, client, () -> answersHeld, said -> {
                answered.addAndGet(said.length());
                return true;
            }));
        } catch (IOException e) {
            close(client);
        }
        if (cut) {
            cut();
        }
    }

    private void carry(Socket from, Socket into, BooleanSupplier isHeld, Predicate<String> passes) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                into) {
            InputStream in = from.getInputStream();
            OutputStream out = into.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (!passes.test(new String(buffer, 0, length, ISO_8859_1))) {
                    return;
                }
                hold(isHeld);
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // cut, or one of both has gone
        } finally {
            open.remove(from);
            open.remove(into);
        }
    }

    private void hold(BooleanSupplier isHeld) {
        LockSupport.parkNanos(delay.toNanos());
        while ((frozen || isHeld.getAsBoolean()) && !cut) {
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    private boolean hear(String said) {
        questions.incrementAndGet();
        statements.addAndGet(statements(said));
        return refused.stream().noneMatch(said::contains);
    }

    /**
     * Of a message of PostgreSQL's protocol there is a letter, E (execute) or Q (query) among them, and the length of
     * the rest.
     */
    private static int statements(String said) {
        ByteBuffer left = ByteBuffer.wrap(said.getBytes(ISO_8859_1));
        int count = 0;
        while (left.remaining() > Integer.BYTES) {
            byte kind = left.get();
            int length = left.getInt(left.position());
            if (length < Integer.BYTES || length > left.remaining()) {
                return count;
            }
            count += kind == 'E' || kind == 'Q' ? 1 : 0;
            left.position(left.position() + length);
        }
        return count;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is as good as closed
        }
    }

    /** Cuts it for good. */
    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
