package dev.gateline.redis;

import static dev.gateline.LoginLimit.UNLIMITED;

import dev.gateline.LoginId;
import dev.gateline.internal.Undo;
import dev.gateline.store.Change;
import dev.gateline.store.LoginRow;
import dev.gateline.store.Written;
import io.lettuce.core.KeyValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Logins in a cluster, where a row and the index of its subject are on different servers: {@code find} knows only the
 * id. The store enters a login into the index first, where one step enforces the limit, and writes the row second. It
 * deletes in the other order. So every row has its entry at all times. An entry without a row counts until somebody
 * lists the subject's logins or finds the limit reached.
 *
 * <p>{@code insert}, {@code delete} and {@code findBySubject} are two round trips, and {@code replace} is three. At the
 * limit, {@code insert} is three, one more for each expired login that it deletes, and one more for the second attempt.
 * {@code deleteAll} is two for each login. All other calls are one. Thread-safe.
 */
final class ClusterLoginStore extends RedisLoginStore {
    private static final byte[][] PARTS = {
        Wire.bytes("realm"),
        Wire.bytes("subject"),
        Wire.bytes("version"),
        Wire.bytes("seen"),
        Wire.bytes("state"),
        Wire.bytes("entry")
    };

    /** Without a limit nobody finds the entries without rows. So one login in so many checks some entries. */
    private static final int LOOK_EVERY = 64;

    private static final int LOOK_AT = 4 * LOOK_EVERY;

    /**
     * The seconds after which a missing row will not be written any more, because its writer has given up at any
     * timeout.
     */
    private static final long WRITTEN_WITHIN = 300;

    ClusterLoginStore(Endings endings, KeyNames keys, RedisChangeFeed feed) {
        super(endings, keys, feed);
    }

    /**
     * An entry of the index.
     *
     * @param text the text of the entry
     * @param row the row, if there is one
     * @param isOld whether a missing row will not be written any more
     */
    private record Entry(String text, Optional<LoginRow> row, boolean isOld) {
        boolean isStray() {
            return row.isEmpty() && isOld;
        }
    }

    @Override
    boolean enter(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
        String entry = admit(row, most, leaving, now);
        if (entry.isEmpty()) {
            Set<LoginId> uncounted = new HashSet<>(leaving);
            boolean fewer = dropDead(row, now, uncounted);
            entry = fewer ? admit(row, most, uncounted, now) : entry;
        }
        if (entry.isEmpty()) {
            return false;
        }
        write(row, most, now, entry);
        if (most == UNLIMITED && ThreadLocalRandom.current().nextInt(LOOK_EVERY) == 0) {
            dropStrays(
                    row.subject(), entries(row.realm(), row.subject(), LoginScripts.SOME_ENTRIES, Wire.bytes(LOOK_AT)));
        }
        return true;
    }

    /** Writes the row. If that fails, it deletes row and entry again, as far as it can. */
    private void write(LoginRow row, int most, Instant now, String entry) {
        List<byte[]> all = new ArrayList<>(
                List.of(arguments("", row, most, Set.of(), now, row.state().write())));
        all.add(Wire.bytes(entry));
        Undo.onFailure(
                () -> link.run(LoginScripts.WRITE, List.of(keys.login(row.id())), all.toArray(byte[][]::new)), () -> {
                    delete(row.id());
                    drop(row.subject(), Wire.bytes(entry));
                });
    }

    private String admit(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
        return link.run(
                LoginScripts.ADMIT, List.of(keys.subject(row.subject())), arguments("", row, most, leaving, now, NONE));
    }

    /**
     * Deletes expired rows and entries without rows. Returns whether there was any. A row that has expired only by this
     * node's clock stays, and is not counted.
     */
    private boolean dropDead(LoginRow next, Instant now, Set<LoginId> uncounted) {
        List<Entry> entries = entries(next.realm(), next.subject(), LoginScripts.ENTRIES);
        List<LoginId> expired = entries.stream()
                .flatMap(entry -> entry.row().stream())
                .filter(row -> !row.expiresAt().isAfter(now))
                .map(LoginRow::id)
                .toList();
        expired.forEach(id -> delete(id, Wire.bytes(now)));
        uncounted.addAll(expired);
        return dropStrays(next.subject(), entries) || !expired.isEmpty();
    }

    private boolean dropStrays(String subject, List<Entry> entries) {
        byte[][] strays = entries.stream()
                .filter(Entry::isStray)
                .map(Entry::text)
                .map(Wire::bytes)
                .toArray(byte[][]::new);
        if (strays.length > 0) {
            drop(subject, strays);
        }
        return strays.length > 0;
    }

    private void drop(String subject, byte[]... entries) {
        byte[] index = keys.subject(subject);
        link.ask(commands -> commands.zrem(index, entries));
    }

    private List<Entry> entries(String realm, String subject, Script<List<?>> which, byte[]... arguments) {
        List<?> answer = link.run(which, List.of(keys.subject(subject)), arguments);
        long now = Wire.number(answer.get(0));
        List<String> texts = Wire.list(answer.get(1)).stream()
                .map(Wire::text)
                .filter(entry -> entry.startsWith(realm + ' '))
                .toList();
        List<List<KeyValue<byte[], byte[]>>> rows =
                link.askAll(texts.stream().map(text -> read(idOf(text))).toList());
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            boolean isOld = now - Long.parseLong(text.split(" ", 3)[1]) > WRITTEN_WITHIN;
            entries.add(new Entry(text, row(rows.get(i)), isOld));
        }
        return entries;
    }

    /**
     * It is no script, because several scripts can be sent at once only if all servers know them. A replica redirects
     * it.
     */
    private Link.Command<List<KeyValue<byte[], byte[]>>> read(LoginId id) {
        byte[] key = keys.login(id);
        return commands -> commands.hmget(key, PARTS);
    }

    private static Optional<LoginRow> row(List<KeyValue<byte[], byte[]>> parts) {
        return parts.get(0).hasValue()
                ? Optional.of(parsed(parts.stream().map(KeyValue::getValue).toList()))
                : Optional.empty();
    }

    /** Sends a script for each row, all at once, because rows of different logins are on different servers. */
    @Override
    List<?> touch(List<byte[]> rows, byte[] interval, List<byte[]> seen) {
        List<byte[][]> arguments =
                seen.stream().map(at -> new byte[][] {interval, at}).toList();
        return link.runEach(LoginScripts.TOUCH, rows, arguments).stream()
                .map(answer -> answer.get(0))
                .toList();
    }

    @Override
    public void deleteAll(Collection<LoginId> ids) {
        ids.forEach(this::delete);
    }

    @Override
    public Written delete(LoginId id) {
        return delete(id, NONE);
    }

    /** Deletes a row, unless it was used meanwhile and has therefore not expired. */
    private Written delete(LoginId id, byte[] expired) {
        List<?> deleted = link.run(LoginScripts.DELETE, List.of(keys.login(id)), NONE, expired);
        if (deleted.isEmpty()) {
            return Written.GONE;
        }
        drop(Wire.text(deleted.get(0)), (byte[]) deleted.get(1));
        return Written.DONE;
    }

    /** The row alone, because the stream is on another server. */
    @Override
    List<byte[]> replaced(LoginId id) {
        return List.of(keys.login(id));
    }

    @Override
    void tell(LoginRow next, Change change, List<?> replaced) {
        feed.publish(change);
        list(next, (byte[]) replaced.get(0));
    }

    /**
     * Enters the row into the index again. A server that failed over may have lost the entry while the row lives on
     * another server. One failure does no harm.
     */
    private void list(LoginRow next, byte[] entry) {
        try {
            link.run(
                    LoginScripts.LIST,
                    List.of(keys.subject(next.subject())),
                    Wire.bytes(next.state().endsAt()),
                    entry);
        } catch (RuntimeException e) {
            // the next replacement tries again
        }
    }

    @Override
    public List<LoginRow> findBySubject(String realm, String subject) {
        List<Entry> entries = entries(realm, subject, LoginScripts.ENTRIES);
        dropStrays(subject, entries);
        return entries.stream().flatMap(entry -> entry.row().stream()).toList();
    }
}
