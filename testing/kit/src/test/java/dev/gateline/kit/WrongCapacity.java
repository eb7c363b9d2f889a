package dev.gateline.kit;

import static dev.gateline.LoginLimit.UNLIMITED;

import dev.gateline.LoginId;
import dev.gateline.LoginRefusedException;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import java.time.Instant;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** Stores that hold too many or too few logins, and the test of {@link BoundedLoginStoreContract} that catches them. */
@SuppressWarnings("ImmutableEnumChecker") // a function is
enum WrongCapacity implements Wrong<LoginStore> {
    DROPS_THE_OLDEST("insert_beyondCapacity_isRefusedAndDropsNoLiveRow", right -> new PassingLoginStore(right) {
        private final Deque<LoginId> rows = new ConcurrentLinkedDeque<>();

        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            rows.add(row.id());
            try {
                return right.insert(row, most, leaving, now);
            } catch (LoginRefusedException full) {
                right.delete(rows.remove());
                return right.insert(row, most, leaving, now);
            }
        }
    }),
    TAKES_ONE_TOO_MANY("insert_64ThreadsAtTheLimit_neverOneTooMany", right -> new PassingLoginStore(right) {
        private final AtomicBoolean takesMore = new AtomicBoolean(true);

        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            try {
                return right.insert(row, most, leaving, now);
            } catch (LoginRefusedException full) {
                if (takesMore.compareAndSet(true, false)) {
                    return true;
                }
                throw full;
            }
        }
    }),
    KEEPS_EXPIRED_ROWS("insert_fullOfExpiredRows_takesTheirPlace", right -> new PassingLoginStore(right) {
        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            return right.insert(row, UNLIMITED, leaving, Instant.EPOCH);
        }
    }),
    FORGETS_BY_THE_TIME_OF_THE_INSERT(
            "insert_fullOfRowsThatWereUsed_keepsThemAll", right -> new WrongLoginStore.Forgetting(right));

    private final String caughtBy;

    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<LoginStore> around;

    WrongCapacity(String caughtBy, UnaryOperator<LoginStore> around) {
        this.caughtBy = caughtBy;
        this.around = around;
    }

    @Override
    public String caughtBy() {
        return caughtBy;
    }

    @Override
    public LoginStore around(LoginStore right) {
        return around.apply(right);
    }
}
