package dev.gateline.kit;

import static dev.gateline.LoginLimit.UNLIMITED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.LoginRefusedException;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The further promises of a store with a capacity. */
public abstract class BoundedLoginStoreContract extends LoginStoreContract {
    private static final Instant NOW = Rows.NOW;

    /** For subclasses. */
    protected BoundedLoginStoreContract() {}

    @Test
    void insert_beyondCapacity_isRefusedAndDropsNoLiveRow() {
        LoginStore store = store(3);
        List<LoginRow> rows = List.of(Rows.of("ada"), Rows.of("ada"), Rows.of("grace"));
        rows.forEach(row -> store.insert(row, UNLIMITED, Set.of(), NOW));

        assertThatThrownBy(() -> store.insert(Rows.of("joan"), UNLIMITED, Set.of(), NOW))
                .isInstanceOf(LoginRefusedException.class)
                .hasMessageContaining("3");

        rows.forEach(row -> assertThat(store.find(row.id())).contains(row));
        store.delete(rows.get(0).id());
        store.insert(Rows.of("joan"), UNLIMITED, Set.of(), NOW);
        assertThat(store.findBySubject("gs_", "joan")).hasSize(1);
    }

    @Test
    void insert_64ThreadsAtTheLimit_neverOneTooMany() {
        LoginStore store = store(10);

        List<Boolean> results = Race.run(64, () -> {
            try {
                store.insert(Rows.of("ada"), UNLIMITED, Set.of(), NOW);
                return true;
            } catch (LoginRefusedException e) {
                return false;
            }
        });

        assertThat(results).filteredOn(Boolean::booleanValue).hasSize(10);
        assertThat(store.findBySubject("gs_", "ada")).hasSize(10);
    }

    @Test
    void insert_fullOfExpiredRows_takesTheirPlace() {
        LoginStore store = store(3);
        for (int i = 0; i < 3; i++) {
            store.insert(Rows.of("ada"), UNLIMITED, Set.of(), NOW);
        }

        Instant later = NOW.plus(Rows.IDLE);
        LoginRow row = Rows.of("grace");
        assertThatCode(() -> store.insert(row, UNLIMITED, Set.of(), later)).doesNotThrowAnyException();

        assertThat(store.find(row.id())).contains(row);
    }

    @Test
    void insert_fullOfRowsThatWereUsed_keepsThemAll() {
        LoginStore store = store(3);
        List<LoginRow> rows = List.of(Rows.of("ada"), Rows.of("ada"), Rows.of("ada"));
        rows.forEach(row -> store.insert(row, UNLIMITED, Set.of(), NOW));
        Instant later = NOW.plus(Rows.IDLE);
        rows.forEach(row -> store.touch(row.id(), later.minusSeconds(1)));

        assertThatThrownBy(() -> store.insert(Rows.of("joan"), UNLIMITED, Set.of(), later))
                .isInstanceOf(LoginRefusedException.class);

        rows.forEach(row -> assertThat(store.find(row.id())).isPresent());
    }
}
