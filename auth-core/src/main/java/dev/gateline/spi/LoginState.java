package dev.gateline.spi;

import dev.gateline.Claims;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * What a login is, but for what a store must understand of it. Instants are in microseconds. Immutable.
 *
 * @param epoch the subject's, by {@link RevocationStore#epoch}, when the login started
 * @param client the host's label of the client, 0 to 255 characters
 * @param remembered as in {@link dev.gateline.Login#remembered()}
 * @param startedAt when the login started
 * @param endsAt the absolute limit, exclusive
 * @param idleTimeout how long it may go unused, exclusive
 * @param authenticatedAt when the user last proved who they are
 * @param methods how, RFC 8176 values
 * @param claims what the host said of the user
 * @param ticket what proves the right to it
 * @param data what the host keeps with a session, JSON by name
 */
public record LoginState(
        long epoch,
        String client,
        boolean remembered,
        Instant startedAt,
        Instant endsAt,
        Duration idleTimeout,
        Instant authenticatedAt,
        List<String> methods,
        Claims claims,
        TicketState ticket,
        Map<String, String> data) {

    private static final byte FORMAT = 1;

    /** Copies, and cuts off what is finer than a microsecond. */
    public LoginState {
        startedAt = inMicros(startedAt);
        endsAt = inMicros(endsAt);
        authenticatedAt = inMicros(authenticatedAt);
        idleTimeout = idleTimeout.truncatedTo(ChronoUnit.MICROS);
        methods = List.copyOf(methods);
        data = Map.copyOf(data);
    }

    /** With another ticket. */
    LoginState with(TicketState next) {
        return renewed(next, claims);
    }

    /** With another ticket, and what is said of the user from now on. */
    LoginState renewed(TicketState next, Claims now) {
        return reauthenticated(next, authenticatedAt, methods, now);
    }

    /** With another ticket and a new proof. */
    LoginState reauthenticated(TicketState next, Instant at, List<String> by, Claims now) {
        return new LoginState(epoch, client, remembered, startedAt, endsAt, idleTimeout, at, by, now, next, data);
    }

    /** With other data of the host's. */
    LoginState with(Map<String, String> next) {
        return new LoginState(
                epoch,
                client,
                remembered,
                startedAt,
                endsAt,
                idleTimeout,
                authenticatedAt,
                methods,
                claims,
                ticket,
                next);
    }

    /**
     * The form in which a store keeps it. Holds digests, no usable secret.
     *
     * @return for {@link #read}, in this version of Gateline or a later one
     */
    public byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeBoolean(remembered);
            out.writeLong(epoch);
            out.writeLong(micros(startedAt));
            out.writeLong(micros(endsAt));
            out.writeLong(TimeUnit.MICROSECONDS.convert(idleTimeout));
            out.writeLong(micros(authenticatedAt));
            ticket.write(out);
            write(out, client);
            out.writeByte(methods.size());
            for (String method : methods) {
                write(out, method);
            }
            write(out, claims.write());
            out.writeShort(data.size());
            for (String name : new TreeSet<>(data.keySet())) {
                write(out, name);
                write(out, data.getOrDefault(name, ""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written to", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is something else; nothing of it in the message
     */
    public static LoginState read(byte[] written) {
        return read(ByteBuffer.wrap(written));
    }

    static LoginState read(ByteBuffer in) {
        try {
            byte format = in.get();
            if (format != FORMAT) {
                throw new IllegalArgumentException("the state of a login in an unknown format: " + format);
            }
            boolean remembered = in.get() == 1;
            long epoch = in.getLong();
            Instant startedAt = instant(in.getLong());
            Instant endsAt = instant(in.getLong());
            Duration idleTimeout = duration(in.getLong());
            Instant authenticatedAt = instant(in.getLong());
            TicketState ticket = TicketState.read(in);
            return new LoginState(
                    epoch,
                    text(in),
                    remembered,
                    startedAt,
                    endsAt,
                    idleTimeout,
                    authenticatedAt,
                    methods(in),
                    Claims.read(part(in)),
                    ticket,
                    data(in));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the state of a login is cut off", e);
        }
    }

    /** Without what the host keeps with it. */
    @Override
    public String toString() {
        return "LoginState[started " + startedAt + ", ends " + endsAt + ", " + ticket + "]";
    }

    /** When a written state expires, in microseconds, without reading the rest. */
    static long expiresAt(byte[] written, int from, long seenAt) {
        ByteBuffer in = ByteBuffer.wrap(written, from, written.length - from);
        in.position(from + 2 + 2 * Long.BYTES);
        return Math.min(in.getLong(), seenAt + in.getLong());
    }

    private static List<String> methods(ByteBuffer in) {
        String[] methods = new String[in.get()];
        for (int i = 0; i < methods.length; i++) {
            methods[i] = text(in);
        }
        return List.of(methods);
    }

    private static Map<String, String> data(ByteBuffer in) {
        int size = in.getShort();
        if (size == 0) {
            return Map.of();
        }
        Map<String, String> data = new HashMap<>();
        for (int i = 0; i < size; i++) {
            data.put(text(in), text(in));
        }
        return data;
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        write(out, text.getBytes(StandardCharsets.UTF_8));
    }

    /** One byte says the length of what is short, as most is; a negative one, that four more follow. */
    private static void write(DataOutputStream out, byte[] part) throws IOException {
        if (part.length <= Byte.MAX_VALUE) {
            out.writeByte(part.length);
        } else {
            out.writeByte(-1);
            out.writeInt(part.length);
        }
        out.write(part);
    }

    private static int length(ByteBuffer in) {
        int length = in.get();
        int whole = length < 0 ? in.getInt() : length;
        if (whole < 0 || whole > in.remaining()) {
            throw new BufferUnderflowException();
        }
        return whole;
    }

    private static byte[] part(ByteBuffer in) {
        byte[] part = new byte[length(in)];
        in.get(part);
        return part;
    }

    private static String text(ByteBuffer in) {
        int length = length(in);
        if (length == 0) {
            return "";
        }
        int from = in.position();
        in.position(from + length);
        return new String(in.array(), in.arrayOffset() + from, length, StandardCharsets.UTF_8);
    }

    /** The same, without what is finer than a microsecond. */
    static Instant inMicros(Instant instant) {
        int finer = instant.get(ChronoField.NANO_OF_SECOND) % 1_000;
        return finer == 0 ? instant : instant.minusNanos(finer);
    }

    private static Duration duration(long micros) {
        return Duration.ofSeconds(micros / 1_000_000, micros % 1_000_000 * 1_000);
    }

    static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
    }
}
