package dev.gateline.kit;

import static dev.gateline.LoginLimit.UNLIMITED;

import dev.gateline.LoginId;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stores that count the logins of a subject wrongly, each with the test of {@link LoginStoreContract} to catch it. */
@SuppressWarnings("ImmutableEnumChecker") // a function is
enum WrongLoginLimit implements Wrong<LoginStore> {
    COUNTS_LOGINS_OF_OTHER_REALMS("insert_loginsOfOtherRealms_dontCount", right -> new PassingLoginStore(right) {
        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            long count = Stream.of(row.realm(), "gs_other")
                    .distinct()
                    .flatMap(realm -> right.findBySubject(realm, row.subject()).stream())
                    .filter(it -> !leaving.contains(it.id()) && it.expiresAt().isAfter(now))
                    .count();
            return (most == UNLIMITED || count < most) && right.insert(row, UNLIMITED, leaving, now);
        }
    }),
    COUNTS_EXPIRED_LOGINS("insert_expiredOnesAndOtherRealms_dontCount", right -> new PassingLoginStore(right) {
        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            return right.insert(row, most, leaving, Instant.EPOCH);
        }
    }),
    COUNTS_LEAVING_LOGINS("insert_leavingOnes_dontCountAndStay", right -> new PassingLoginStore(right) {
        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            return right.insert(row, most, Set.of(), now);
        }
    }),
    TAKES_ANY_LEAVING_LOGIN_OFF("insert_leavingOnes_dontCountAndStay", right -> new PassingLoginStore(right) {
        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            return right.insert(row, most == UNLIMITED ? most : most + leaving.size(), Set.of(), now);
        }
    }),
    DELETES_LEAVING_LOGINS("insert_leavingOnes_dontCountAndStay", right -> new PassingLoginStore(right) {
        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            boolean in = right.insert(row, most, leaving, now);
            leaving.forEach(id -> right.delete(id));
            return in;
        }
    }),
    COUNTS_WITHOUT_A_LOCK("insert_32ThreadsAtTheSubjectsLimit_neverOneTooMany", right -> new PassingLoginStore(right) {
        private final CountDownLatch counted = new CountDownLatch(4);

        @Override
        public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
            boolean fits = right.findBySubject(row.realm(), row.subject()).size() < most;
            Wrong.meet(counted);
            return fits && right.insert(row, UNLIMITED, leaving, now);
        }
    }),
    COUNTS_AND_KEEPS_THE_REFUSED(
            "insert_subjectHasEnough_isRefusedAndCreatesNothing", right -> new PassingLoginStore(right) {
                @Override
                public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
                    boolean fits =
                            right.findBySubject(row.realm(), row.subject()).size() < most;
                    right.insert(row, UNLIMITED, leaving, now);
                    return fits;
                }
            }),
    COUNTS_BY_THE_TIME_OF_THE_INSERT(
            "insert_usedOnes_countUntilTheyExpireByTheirLastUse", right -> new PassingLoginStore(right) {
                private final Map<LoginId, Instant> due = new ConcurrentHashMap<>();

                @Override
                public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
                    long count = right.findBySubject(row.realm(), row.subject()).stream()
                            .filter(it -> due.get(it.id()).isAfter(now))
                            .count();
                    due.put(row.id(), row.expiresAt());
                    return count < most && right.insert(row, UNLIMITED, leaving, now);
                }
            }),
    COUNTS_BY_THE_IDLE_TIMEOUT_ALONE(
            "insert_usedOnesAtTheirAbsoluteLimit_dontCount", right -> new PassingLoginStore(right) {
                @Override
                public boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now) {
                    long count = right.findBySubject(row.realm(), row.subject()).stream()
                            .filter(it -> it.lastSeenAt()
                                    .plus(it.state().idleTimeout())
                                    .isAfter(now))
                            .count();
                    return count < most && right.insert(row, UNLIMITED, leaving, now);
                }
            });

    private final String caughtBy;

    @SuppressWarnings("ImmutableEnumChecker")
    private final UnaryOperator<LoginStore> around;

    WrongLoginLimit(String caughtBy, UnaryOperator<LoginStore> around) {
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
