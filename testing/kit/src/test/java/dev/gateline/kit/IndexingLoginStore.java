package dev.gateline.kit;

import dev.gateline.LoginId;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps an index of its own, from the name of a subject to the rows that were inserted. */
class IndexingLoginStore extends PassingLoginStore {
    private final Map<String, List<LoginRow>> index = new ConcurrentHashMap<>();

    IndexingLoginStore(LoginStore right) {
        super(right);
    }

    final List<LoginRow> indexed(String subject) {
        return index.getOrDefault(subject, List.of());
    }

    final void index(String subject, List<LoginRow> rows) {
        index.put(subject, rows);
    }

    static List<LoginRow> with(List<LoginRow> rows, LoginRow another) {
        List<LoginRow> more = new ArrayList<>(rows);
        more.add(another);
        return more;
    }

    static List<LoginRow> without(List<LoginRow> rows, LoginId id) {
        return rows.stream().filter(row -> !row.id().equals(id)).toList();
    }

    @Override
    public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
        boolean in = super.insert(row, most, leaving, now);
        if (in) {
            index.merge(row.subject(), List.of(row), (rows, one) -> with(rows, row));
        }
        return in;
    }

    @Override
    public final List<LoginRow> findBySubject(String realm, String subject) {
        return indexed(subject);
    }
}
