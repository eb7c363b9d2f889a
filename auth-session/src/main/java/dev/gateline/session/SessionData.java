package dev.gateline.session;

import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.engine.Tickets;
import dev.gateline.internal.Rules;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The data that a host keeps with one session. Every change is a compare-and-set on the newest data. Changes of
 * different keys are all kept, and {@link #update}s of one key all take place. Of two {@link #put}s the later wins. A
 * session that has ended stays ended, and the writer gets a rejection. Thread-safe. Each change asks the store. A read
 * may be as old as the storage allows for copies, so read a value on which a decision depends, such as a count of
 * tries, by {@link #update}.
 */
public final class SessionData {
    private final Tickets tickets;
    private final Optional<LoginId> id;
    private final AttributeCodec codec;
    private final int maxSize;
    private final Clock clock;

    /** Creates the data of a session. Without an id it behaves as for a session that has ended. */
    SessionData(Tickets tickets, Optional<LoginId> id, AttributeCodec codec, int maxSize, Clock clock) {
        this.tickets = tickets;
        this.id = id;
        this.codec = codec;
        this.maxSize = maxSize;
        this.clock = clock;
    }

    /**
     * Reads an attribute.
     *
     * @return the value; empty if there is none, or if the session has ended
     * @throws IllegalArgumentException if the value has another type
     * @throws dev.gateline.AuthUnavailableException if the store failed, as all methods here
     */
    public <T> Optional<T> find(AttributeKey<T> key) {
        return Optional.ofNullable(now().get(key.name())).map(json -> read(key, json));
    }

    private Map<String, String> now() {
        return id.flatMap(it -> tickets.data(it, clock.instant()).toOptional()).orElse(Map.of());
    }

    /**
     * Writes an attribute, and replaces an earlier value.
     *
     * @param value the value, which is not null
     * @return the value; rejected if the session has ended
     * @throws IllegalArgumentException if the value can't be written, or the session's data would be too large
     */
    public <T> Outcome<T> put(AttributeKey<T> key, T value) {
        return change(data -> data.put(key.name(), write(key, value))).map(written -> value);
    }

    /**
     * Changes an attribute.
     *
     * @param initial the first value, if there is none
     * @param change called with the newest value, and called again if another change comes first
     * @return the written value; rejected if the session has ended
     * @throws IllegalArgumentException as for {@link #put}
     */
    public <T> Outcome<T> update(AttributeKey<T> key, T initial, UnaryOperator<T> change) {
        return change(data -> {
                    String json = data.get(key.name());
                    T value = json == null ? initial : read(key, json);
                    data.put(key.name(), write(key, change.apply(value)));
                })
                .map(data -> read(key, data.getOrDefault(key.name(), "")));
    }

    /**
     * Removes an attribute.
     *
     * @return whether there was a value; rejected if the session has ended
     */
    public Outcome<Boolean> remove(AttributeKey<?> key) {
        boolean[] was = new boolean[1];
        return change(data -> was[0] = data.remove(key.name()) != null).map(data -> was[0]);
    }

    /**
     * Copies the data of another session, for example of a visitor who has now logged in. Attributes that this session
     * already has stay. The other session keeps its data; end it.
     *
     * @param other the data of a session of any authenticator with the same types
     * @return the number of attributes that this session has now; rejected if the session has ended
     * @throws IllegalArgumentException if this session's data would be too large
     */
    public Outcome<Integer> take(SessionData other) {
        Map<String, String> theirs = other.now();
        return change(data -> theirs.forEach(data::putIfAbsent)).map(Map::size);
    }

    private interface Change {
        void to(Map<String, String> data);
    }

    private Outcome<Map<String, String>> change(Change change) {
        UnaryOperator<Map<String, String>> whole = data -> {
            Map<String, String> next = new HashMap<>(data);
            change.to(next);
            return checked(next);
        };
        return id.map(it -> tickets.change(it, whole, clock.instant())).orElse(Outcome.rejected(Rejection.UNKNOWN));
    }

    private Map<String, String> checked(Map<String, String> data) {
        long size = 0;
        for (Map.Entry<String, String> each : data.entrySet()) {
            size += each.getKey().length() + each.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        if (size > maxSize) {
            throw new IllegalArgumentException(
                    "the data of a session takes at most " + maxSize + " bytes of JSON, and would take " + size);
        }
        return data;
    }

    private <T> String write(AttributeKey<T> key, T value) {
        try {
            String json = codec.write(value, key.type());
            // a store keeps the text in UTF-8, which has no half of a surrogate pair
            Rules.require(StandardCharsets.UTF_8.newEncoder().canEncode(json), "has an unpaired surrogate");
            return json;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("attribute '" + key.name() + "' " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("unchecked") // the type of a key is that of its type parameter
    private <T> T read(AttributeKey<T> key, String json) {
        try {
            return (T) codec.read(json, key.type());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("attribute '" + key.name() + "' " + e.getMessage(), e);
        }
    }
}
