package dev.gateline.store;

import dev.gateline.Claims;
import dev.gateline.internal.Micros;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The state of a login, except the parts that a store must understand. It holds its {@linkplain #write() written form}
 * and reads single parts from it, because the proof of a ticket needs little of it. Instants are in microseconds.
 * Immutable.
 */
public final class LoginState {
    private static final byte FORMAT = 1;

    private static final int REMEMBERED = 1;
    private static final int EPOCH = 2;
    private static final int STARTED_AT = 10;
    private static final int ENDS_AT = 18;
    private static final int IDLE_TIMEOUT = 26;
    private static final int AUTHENTICATED_AT = 34;
    private static final int TICKET = 42;
    private static final int CLIENT = TICKET + TicketState.LENGTH;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] written;
    private final int from;

    /** Takes an array that is never changed, and whose end is the state. */
    private LoginState(byte[] written, int from) {
        this.written = written;
        this.from = from;
    }

    LoginState(LoginStateBuilder builder) {
        Parts parts = new Parts();
        parts.add(builder.client());
        parts.size(1, builder.methods().size());
        builder.methods().forEach(parts::add);
        parts.add(builder.claims());
        parts.size(2, builder.data().size());
        new TreeMap<>(builder.data()).forEach((name, value) -> parts.add(name).add(value));
        from = 0;
        written = parts.after(CLIENT)
                .put(FORMAT)
                .put((byte) (builder.remembered() ? 1 : 0))
                .putLong(builder.epoch())
                .putLong(Micros.of(builder.startedAt()))
                .putLong(Micros.of(builder.endsAt()))
                .putLong(Micros.of(builder.idleTimeout()))
                .putLong(Micros.of(builder.authenticatedAt()))
                .put(builder.ticket().written())
                .array();
    }

    /**
     * Starts a state.
     *
     * @param ticket the state of the ticket that proves the right to the login
     */
    public static LoginStateBuilder builder(TicketState ticket) {
        return new LoginStateBuilder(ticket, ClaimsForm.none());
    }

    /** Starts a state that has all parts of this one. */
    public LoginStateBuilder toBuilder() {
        return new LoginStateBuilder(ticket(), part(afterMethods()))
                .epoch(epoch())
                .client(client())
                .remembered(remembered())
                .startedAt(startedAt())
                .endsAt(endsAt())
                .idleTimeout(idleTimeout())
                .authenticatedAt(authenticatedAt())
                .methods(methods())
                .data(data());
    }

    /**
     * Returns this state with another ticket, without reading the other parts.
     *
     * @param next takes the place of {@link #ticket()}
     */
    public LoginState with(TicketState next) {
        byte[] copy = write();
        next.written().get(copy, TICKET, TicketState.LENGTH);
        return new LoginState(copy, 0);
    }

    /**
     * The form in which a store keeps the state. It contains digests and no usable secret.
     *
     * @return bytes for {@link #read}, in this version of Gateline or a later one
     */
    public byte[] write() {
        return Arrays.copyOfRange(written, from, written.length);
    }

    /** The number of bytes of {@link #write}. */
    public int size() {
        return written.length - from;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it has another form; the message does not quote it
     */
    public static LoginState read(byte[] written) {
        LoginState state = trusted(written.clone(), 0);
        try {
            if (written[0] != FORMAT) {
                throw new IllegalArgumentException("the state of a login in an unknown format: " + written[0]);
            }
            if (!state.ticket().isPlausible() || state.number(IDLE_TIMEOUT) <= 0) {
                throw new IllegalArgumentException("the state of a login with impossible numbers");
            }
            if (!state.toBuilder().build().equals(state)) {
                throw new IllegalArgumentException("the state of a login in a form that is never written");
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("the state of a login is cut off", e);
        }
        return state;
    }

    /** Takes bytes that {@link #write} wrote in this process and that nobody changes. */
    static LoginState trusted(byte[] written, int from) {
        return new LoginState(written, from);
    }

    /** The epoch in which the login started, as {@link RevocationStore#epoch} gave it. */
    public long epoch() {
        return number(EPOCH);
    }

    /** The host's label of the client, 0 to 255 characters. */
    public String client() {
        return text(at(CLIENT));
    }

    /** Whether the client keeps the credentials after it is closed. */
    public boolean remembered() {
        return written[from + REMEMBERED] == 1;
    }

    /** When the login started. */
    public Instant startedAt() {
        return Micros.instant(number(STARTED_AT));
    }

    /** The absolute limit, exclusive. */
    public Instant endsAt() {
        return Micros.instant(number(ENDS_AT));
    }

    /** The idle timeout. */
    public Duration idleTimeout() {
        return Micros.duration(idleMicros());
    }

    /** The idle timeout in microseconds. */
    public long idleMicros() {
        return number(IDLE_TIMEOUT);
    }

    /** When the user last proved who they are. */
    public Instant authenticatedAt() {
        return Micros.instant(number(AUTHENTICATED_AT));
    }

    /** The state of the ticket that proves the right to the login. */
    public TicketState ticket() {
        return TicketState.trusted(written, from + TICKET);
    }

    /** How the user proved who they are, RFC 8176 values. */
    public List<String> methods() {
        return methods(after(at(CLIENT)));
    }

    /** The host's claims about the user. */
    public Claims claims() {
        return ClaimsForm.read(part(afterMethods()));
    }

    /** The data of the host in a session, JSON by name. */
    public Map<String, String> data() {
        ByteBuffer in = after(afterMethods());
        int size = in.getShort() & 0xffff;
        if (size == 0) {
            return Map.of();
        }
        Map<String, String> data = new HashMap<>();
        for (int i = 0; i < size; i++) {
            data.put(text(in), text(in));
        }
        return Map.copyOf(data);
    }

    /** The time at which the login expires if it was last seen at a time, both in microseconds. */
    long expiresAt(long seenAt) {
        return Math.min(number(ENDS_AT), seenAt + idleMicros());
    }

    private long number(int offset) {
        return (long) LONGS.get(written, from + offset);
    }

    private ByteBuffer at(int offset) {
        return ByteBuffer.wrap(written, from + offset, written.length - from - offset);
    }

    private List<String> methods(ByteBuffer in) {
        String[] methods = new String[in.get() & 0xff];
        for (int i = 0; i < methods.length; i++) {
            methods[i] = text(in);
        }
        return List.of(methods);
    }

    private ByteBuffer afterMethods() {
        ByteBuffer in = after(at(CLIENT));
        for (int methods = in.get() & 0xff; methods > 0; methods--) {
            after(in);
        }
        return in;
    }

    private static ByteBuffer after(ByteBuffer in) {
        int length = length(in);
        return in.position(in.position() + length);
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

    private String text(ByteBuffer in) {
        int length = length(in);
        if (length == 0) {
            return "";
        }
        int at = in.position();
        in.position(at + length);
        return new String(written, at, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LoginState that
                && (isViewOfSame(that)
                        || Arrays.equals(written, from, written.length, that.written, that.from, that.written.length));
    }

    /** Whether both states are the same part of the same array, so that no byte need be compared. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isViewOfSame(LoginState that) {
        return written == that.written && from == that.from;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number(STARTED_AT) ^ number(AUTHENTICATED_AT));
    }

    /** Does not show the data of the host. */
    @Override
    public String toString() {
        return "LoginState[started " + startedAt() + ", ends " + endsAt() + ", " + ticket() + "]";
    }
}
