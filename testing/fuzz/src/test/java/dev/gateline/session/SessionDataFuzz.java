package dev.gateline.session;

import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.fuzz.Check;
import dev.gateline.fuzz.Input;
import dev.gateline.store.Storage;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The data of a session: a value that was put is found the same, and JSON of another type is refused. */
public final class SessionDataFuzz {
    private static final AttributeCodec CODEC = AttributeCodec.jackson();
    private static final List<AttributeKey<?>> KEYS = List.of(
            AttributeKey.of("text", String.class),
            AttributeKey.of("whole", Long.class),
            AttributeKey.of("number", Double.class),
            AttributeKey.of("flag", Boolean.class),
            AttributeKey.of("item", Item.class),
            AttributeKey.listOf("list", String.class),
            AttributeKey.mapOf("map", Item.class));
    private static final SessionData DATA = data();

    /** A value of a host. */
    public record Item(String name, int count) {}

    private SessionDataFuzz() {}

    /** One input: JSON for a key, or values of a host. */
    public static void fuzzerTestOneInput(byte[] input) {
        Input in = new Input(input);
        if (in.small() % 2 == 0) {
            readAny(in.oneOf(KEYS).type(), in.header());
        } else {
            writeAny(in);
        }
    }

    private static SessionData data() {
        SessionAuthenticator gate = SessionAuthenticator.builder(Storage.inMemory(10))
                .absoluteTimeout(Duration.ofDays(1))
                .build();
        return gate.data(gate.login(Login.of("ada")).loginId());
    }

    private static void readAny(Type type, String json) {
        Object value;
        try {
            value = CODEC.read(json, type);
        } catch (IllegalArgumentException e) {
            Check.that(
                    json.length() < 20 || !String.valueOf(e.getMessage()).contains(json), "a refusal quotes nothing");
            return;
        }
        Check.same(CODEC.read(CODEC.write(value, type), type), value, "a value that was read");
    }

    private static void writeAny(Input in) {
        String text = in.text();
        putAndFind(AttributeKey.of("text", String.class), text);
        putAndFind(AttributeKey.of("item", Item.class), new Item(in.text(), in.small()));
        putAndFind(AttributeKey.listOf("list", String.class), List.of(text, in.text()));
        putAndFind(AttributeKey.mapOf("map", Item.class), Map.of(in.text(), new Item(text, (int) in.number())));
    }

    private static <T> void putAndFind(AttributeKey<T> key, T value) {
        Outcome<T> put;
        try {
            put = DATA.put(key, value);
        } catch (IllegalArgumentException e) {
            Check.that(e.getMessage() != null, "a refusal says why");
            return;
        }
        Check.that(put.toOptional().isPresent(), "the session lives");
        Check.same(DATA.find(key).orElse(null), value, "a value that was put");
    }
}
