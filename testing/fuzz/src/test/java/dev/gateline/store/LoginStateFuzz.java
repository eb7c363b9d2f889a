package dev.gateline.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gateline.Claims;
import dev.gateline.LoginId;
import dev.gateline.fuzz.Check;
import dev.gateline.fuzz.Input;
import dev.gateline.internal.Micros;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The state of a login as a store keeps it: what was written is read the same, and other bytes are refused. */
public final class LoginStateFuzz {
    private LoginStateFuzz() {}

    /** One input: the bytes of a store, or the parts of a state. */
    public static void fuzzerTestOneInput(byte[] input) {
        Input in = new Input(input);
        if (in.small() % 2 == 0) {
            readAny(in.rest());
        } else {
            writeAny(in);
        }
    }

    private static void readAny(byte[] bytes) {
        LoginState state;
        try {
            state = LoginState.read(bytes);
        } catch (IllegalArgumentException e) {
            Check.that(e.getMessage() != null, "a refusal says why");
            return;
        }
        Check.same(ByteBuffer.wrap(state.write()), ByteBuffer.wrap(bytes), "bytes that were read");
        Check.that(!state.toString().isEmpty(), "a text");
        LoginState copy = state.toBuilder().build();
        checkSame(copy, state);
        Check.same(copy, state, "the only form of a state");
        Check.same(state.with(state.ticket()), state, "with the same ticket");
        readClaims(state);
        checkRow(state);
    }

    private static void readClaims(LoginState state) {
        try {
            Check.that(state.claims().size() <= Claims.MAX_SIZE, "the size of claims is bounded");
        } catch (IllegalArgumentException e) {
            Check.that(e.getMessage() != null, "a refusal says why");
        }
    }

    private static void checkRow(LoginState state) {
        LoginRow row = new LoginRow(new LoginId("A".repeat(22)), "gs_", "ada", 0, Instant.EPOCH, state);
        Instant end = row.expiresAt();
        Check.that(!row.isLiveAt(end), "a row is dead when it expires");
        Check.that(row.isLiveAt(end.minusNanos(1_000)) || Micros.of(end) == Long.MIN_VALUE, "and alive before");
        boolean unused = row.isNotedWithin(state.idleTimeout(), Instant.EPOCH);
    }

    private static void writeAny(Input in) {
        TicketState ticket = TicketState.ofNobody(in.small(), Micros.instant(in.number() >> 8));
        List<String> methods = new ArrayList<>();
        for (int i = in.small() % 4; i > 0; i--) {
            methods.add(wellFormed(in));
        }
        Map<String, String> data = new HashMap<>();
        for (int i = in.small() % 4; i > 0; i--) {
            data.put(wellFormed(in), wellFormed(in));
        }
        LoginStateBuilder builder = LoginState.builder(ticket)
                .epoch(in.number())
                .client(wellFormed(in))
                .remembered(in.small() % 2 == 0)
                .startedAt(Micros.instant(in.number()))
                .endsAt(Micros.instant(in.number()))
                .idleTimeout(Micros.duration(Math.max(1, in.number() >>> 1)))
                .methods(methods)
                .data(data);
        LoginState state = builder.build();
        LoginState read = LoginState.read(state.write());
        Check.same(read, state, "a state that was written");
        Check.same(read.client(), builder.client(), "client");
        Check.same(read.methods(), methods, "methods");
        Check.same(read.data(), data, "data");
        Check.same(read.idleTimeout(), builder.idleTimeout(), "idle timeout");
        checkSame(read.toBuilder().build(), state);
        Check.same(state.size(), state.write().length, "size");
    }

    /** A login and the data of a session refuse half a surrogate pair. */
    private static String wellFormed(Input in) {
        return new String(in.text().getBytes(UTF_8), UTF_8);
    }

    private static void checkSame(LoginState one, LoginState other) {
        Check.same(one.epoch(), other.epoch(), "epoch");
        Check.same(one.client(), other.client(), "client");
        Check.same(one.remembered(), other.remembered(), "remembered");
        Check.same(one.startedAt(), other.startedAt(), "start");
        Check.same(one.endsAt(), other.endsAt(), "end");
        Check.same(one.idleTimeout(), other.idleTimeout(), "idle timeout");
        Check.same(one.authenticatedAt(), other.authenticatedAt(), "proof");
        Check.same(one.ticket(), other.ticket(), "ticket");
        Check.same(one.methods(), other.methods(), "methods");
        Check.same(one.data(), other.data(), "data");
    }
}
