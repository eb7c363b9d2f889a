package dev.gateline.kit;

import static dev.gateline.LoginLimit.UNLIMITED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.LoginId;
import dev.gateline.LoginRefusedException;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Storage;
import dev.gateline.store.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store in memory promises more than the contract: it is exact about ids, and forgets expired logins. */
class MemoryLoginsTest {
    private static final Instant NOW = Rows.NOW;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /** Of the rows in use, and for the span that such a row may stay, which is rounded to four seconds twice. */
    private static final Duration LATE = Duration.ofSeconds(9);

    private final AtomicLong days = new AtomicLong();
    private final LoginStore store = store(100);

    private LoginStore store(int capacity) {
        return Storage.inMemory(capacity, () -> TimeUnit.DAYS.toNanos(days.incrementAndGet()))
                .logins();
    }

    private static LoginRow add(LoginStore store, String subject, Instant now) {
        LoginRow row = Rows.of(subject).seen(now);
        assertThat(store.insert(row, UNLIMITED, Set.of(), now)).isTrue();
        return row;
    }

    private boolean has(LoginRow row) {
        return store.find(row.id()).isPresent();
    }

    private static LoginId with(String id, int position, char c) {
        return new LoginId(id.substring(0, position) + c + id.substring(position + 1));
    }

    @Test
    void find_anyCharacterOfTheIdChanged_isEmpty() {
        LoginRow row = add(store, "ada", NOW);
        String id = row.id().value();

        for (int i = 0; i < id.length(); i++) {
            for (char c : (ALPHABET + "!=+/.").toCharArray()) {
                if (c != id.charAt(i)) {
                    LoginId other = with(id, i, c);
                    assertThat(store.find(other)).as(other.value()).isEmpty();
                    assertThat(store.touch(other, NOW)).isEqualTo(Written.GONE);
                    assertThat(store.delete(other)).isEqualTo(Written.GONE);
                }
            }
        }
        assertThat(store.find(new LoginId(id + "A"))).isEmpty();
        assertThat(store.find(new LoginId(id.substring(1)))).isEmpty();
        assertThat(store.find(row.id())).contains(row);
    }

    @Test
    void insert_idThatIsNotOfOurs_isRefused() {
        LoginRow row = Rows.of("ada");
        String id = row.id().value();

        for (LoginId bad : List.of(with(id, 21, 'B'), with(id, 0, '!'), new LoginId(id + "A"), new LoginId("x"))) {
            LoginRow other = new LoginRow(bad, row.realm(), "ada", 0, NOW, row.state());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.insert(other, UNLIMITED, Set.of(), NOW))
                    .withMessageContaining("login id");
        }
        assertThat(store.findBySubject("gs_", "ada")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"012", "021", "102", "120", "201", "210"})
    void findBySubject_deletedInAnyOrder_hasTheOthers(String order) {
        List<LoginRow> left = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            left.add(add(store, "ada", NOW));
        }
        List<LoginRow> rows = List.copyOf(left);

        for (int i = 0; i < 3; i++) {
            LoginRow row = rows.get(order.charAt(i) - '0');
            left.remove(row);
            assertThat(store.delete(row.id())).isEqualTo(Written.DONE);
            assertThat(store.findBySubject("gs_", "ada")).containsExactlyInAnyOrderElementsOf(left);
        }
        LoginRow again = add(store, "ada", NOW);
        assertThat(store.findBySubject("gs_", "ada")).containsExactly(again);
    }

    @Test
    void insert_refusedByTheLimit_takesNoPlace() {
        LoginStore small = store(2);
        add(small, "ada", NOW);

        for (int i = 0; i < 3; i++) {
            assertThat(small.insert(Rows.of("ada"), 1, Set.of(), NOW)).isFalse();
        }

        add(small, "grace", NOW);
        assertThatThrownBy(() -> add(small, "joan", NOW)).isInstanceOf(LoginRefusedException.class);
    }

    @Test
    void delete_always_givesOnePlaceBack() {
        LoginStore small = store(1);
        LoginRow row = add(small, "ada", NOW);
        small.delete(row.id());
        small.delete(row.id());

        add(small, "grace", NOW);

        assertThatThrownBy(() -> add(small, "joan", NOW)).isInstanceOf(LoginRefusedException.class);
    }

    @Test
    void insert_anyRows_dropsFourExpiredOnesEachTime() {
        List<LoginRow> expired = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            expired.add(add(store, "user-" + i, NOW));
        }
        Instant later = NOW.plus(Rows.IDLE).plus(LATE);
        for (int left = 5; left >= -3; left -= 4) {
            add(store, "someone", later);
            assertThat(expired.stream().filter(this::has)).hasSize(Math.max(0, left));
        }
    }

    @Test
    void insert_rowsNotYetExpired_dropsNone() {
        LoginRow row = add(store, "ada", NOW);

        for (int i = 0; i < 10; i++) {
            add(store, "someone", NOW.plus(Rows.IDLE).minusMillis(1));
        }

        assertThat(has(row)).isTrue();
    }

    /** A row that turned out to be live when its time came is looked at again when it has expired. */
    @Test
    void insert_rowsThatWereUsed_areDroppedInTheEnd() {
        LoginRow row = add(store, "ada", NOW);
        Instant used = NOW.plus(Rows.IDLE).minusSeconds(1);
        store.touch(row.id(), used);
        for (int i = 0; i < 5; i++) {
            add(store, "someone", NOW.plus(Rows.IDLE).plus(LATE));
        }
        assertThat(has(row)).isTrue();

        for (int i = 0; i < 5; i++) {
            add(store, "someone", used.plus(Rows.IDLE).plus(LATE));
        }
        assertThat(has(row)).isFalse();
    }
}
