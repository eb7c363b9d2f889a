package dev.gateline.applications;

import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Connections that stay open, each of which sends its next request as soon as it has its answer. One thread serves them
 * all, because it shares the processors with the server that is measured. Not thread-safe.
 */
final class Load implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST_BYTES = 16_384;

    private final Selector selector = Selector.open();
    private final List<Connection> connections = new ArrayList<>();
    private final List<byte[]> requests;
    private long[] times = new long[1 << 16];
    private int answered;

    private Load(List<byte[]> requests) throws IOException {
        this.requests = requests;
    }

    /**
     * The answers of a span.
     *
     * @param span how long it really took
     * @param times that each took, in nanoseconds, the shortest first
     * @param processor time of the thread that sent them
     */
    record Measured(Duration span, List<Long> times, Duration processor) {
        int answered() {
            return times.size();
        }

        double perSecond() {
            return answered() / (span.toNanos() / 1e9);
        }

        /** The time that this share of the answers took at most, in milliseconds. */
        double quantile(double share) {
            return times.isEmpty() ? 0 : times.get((int) Math.ceil(share * answered()) - 1) / 1e6;
        }
    }

    /**
     * Sends requests for a while.
     *
     * @param requests whole ones, in turn
     * @throws IllegalStateException if one is answered otherwise than by 200
     */
    static Measured run(int port, List<byte[]> requests, int connections, Duration span) throws IOException {
        try (Load load = new Load(requests)) {
            for (int i = 0; i < connections; i++) {
                load.connections.add(load.new Connection(port, i));
            }
            return load.run(span);
        }
    }

    private Measured run(Duration span) throws IOException {
        long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long begun = System.nanoTime();
        long end = begun + span.toNanos();
        for (Connection connection : connections) {
            connection.send(begun);
        }
        long now = begun;
        while (now < end) {
            if (selector.select(LONGEST.toMillis()) == 0) {
                throw new IllegalStateException("no answer within " + LONGEST);
            }
            now = System.nanoTime();
            for (SelectionKey key : selector.selectedKeys()) {
                ((Connection) key.attachment()).receive(now);
            }
            selector.selectedKeys().clear();
        }
        List<Long> sorted = Arrays.stream(times, 0, answered).sorted().boxed().toList();
        long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processor;
        return new Measured(Duration.ofNanos(now - begun), sorted, Duration.ofNanos(used));
    }

    private void note(long time) {
        if (answered == times.length) {
            times = Arrays.copyOf(times, 2 * answered);
        }
        times[answered++] = time;
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.channel.close();
        }
        selector.close();
    }

    private final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocate(MOST_BYTES);
        private int next;
        private long sent;

        Connection(int port, int first) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
            next = first % requests.size();
        }

        void send(long now) throws IOException {
            sent = now;
            ByteBuffer request = ByteBuffer.wrap(requests.get(next));
            while (request.hasRemaining()) {
                channel.write(request);
            }
            next = (next + connections.size()) % requests.size();
        }

        void receive(long now) throws IOException {
            if (channel.read(answer) < 0) {
                throw new EOFException("the server has closed a connection");
            }
            if (Answer.isWhole(answer.array(), answer.position())) {
                note(now - sent);
                answer.clear();
                send(System.nanoTime());
            }
        }
    }

    /** An answer, as far as it must be read to know where it ends. */
    static final class Answer {
        private static final byte[] OK = ascii("HTTP/1.1 200");
        private static final byte[] LENGTH = ascii("\r\ncontent-length:");
        private static final byte[] END = ascii("\r\n\r\n");

        private Answer() {}

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }

        /** Whether these bytes are an answer to its end. */
        static boolean isWhole(byte[] bytes, int count) {
            int head = find(END, bytes, count);
            if (head < 0) {
                return false;
            }
            int length = find(LENGTH, bytes, head);
            if (length < 0 || !Arrays.equals(bytes, 0, OK.length, OK, 0, OK.length)) {
                throw new IllegalStateException("answered " + new String(bytes, 0, count, StandardCharsets.US_ASCII));
            }
            return count >= head + END.length + number(bytes, length + LENGTH.length);
        }

        /** Where something begins, whatever the case of its letters. */
        private static int find(byte[] wanted, byte[] bytes, int count) {
            for (int i = 0; i + wanted.length <= count; i++) {
                int same = 0;
                while (same < wanted.length && lower(bytes[i + same]) == wanted[same]) {
                    same++;
                }
                if (same == wanted.length) {
                    return i;
                }
            }
            return -1;
        }

        private static int lower(byte letter) {
            return letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
        }

        private static int number(byte[] bytes, int from) {
            int number = 0;
            for (int i = from; bytes[i] != '\r'; i++) {
                if (bytes[i] != ' ') {
                    number = 10 * number + bytes[i] - '0';
                }
            }
            return number;
        }
    }
}
