package dev.gateline.kit;

import dev.gateline.kit.OneFault.Call;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A failure of one call to a store or a feed. */
enum Fault {
    /** The call fails before it does anything. */
    DOWN {
        @Override
        Object strike(TwoNodes at, Call call) {
            throw new Faults.BrokenStoreException();
        }
    },
    /** The call is carried out, and its answer is lost. */
    FAILS_AFTER_WRITING {
        @Override
        Object strike(TwoNodes at, Call call) throws Throwable {
            Object unused = call.proceed();
            throw new Faults.BrokenStoreException();
        }
    },
    /** The call is slow, and meanwhile the login ends at the other node. */
    LOGOUT_MEANWHILE {
        @Override
        @Nullable
        Object strike(TwoNodes at, Call call) throws Throwable {
            at.logOutMeanwhile();
            return call.proceed();
        }
    },
    /** The call is slow, and meanwhile all logins of the subject end at the other node. */
    END_ALL_MEANWHILE {
        @Override
        @Nullable
        Object strike(TwoNodes at, Call call) throws Throwable {
            at.endAllMeanwhile();
            return call.proceed();
        }
    },
    /** The call is slow, and meanwhile the same credential is traded at the other node. */
    RENEWAL_MEANWHILE {
        @Override
        @Nullable
        Object strike(TwoNodes at, Call call) throws Throwable {
            at.renewMeanwhile();
            return call.proceed();
        }
    },
    /** The call is slow, and meanwhile the same subject logs in at the other node. */
    LOGIN_MEANWHILE {
        @Override
        @Nullable
        Object strike(TwoNodes at, Call call) throws Throwable {
            at.logInMeanwhile();
            return call.proceed();
        }
    },
    /** The call answers with the row of another user's login, as if answers had been mixed up. */
    ANOTHER_LOGIN {
        @Override
        @Nullable
        Object strike(TwoNodes at, Call call) throws Throwable {
            return replaced(call.proceed(), at.rowOfBystander());
        }
    },
    /** The call answers with the row of a login of another realm. */
    ANOTHER_REALM {
        @Override
        @Nullable
        Object strike(TwoNodes at, Call call) throws Throwable {
            LoginRow row = at.rowOfBystander();
            return replaced(
                    call.proceed(),
                    new LoginRow(row.id(), "elsewhere", row.subject(), row.version(), row.lastSeenAt(), row.state()));
        }
    },
    /** The call finds rows that are cut off. */
    CUT_OFF {
        @Override
        @Nullable
        Object strike(TwoNodes at, Call call) throws Throwable {
            return withStates(call.proceed(), state -> Arrays.copyOf(state, state.length - 1));
        }
    };

    abstract @Nullable Object strike(TwoNodes at, Call call) throws Throwable;

    /** Replaces the rows in an answer by another row. */
    private static @Nullable Object replaced(@Nullable Object answer, LoginRow row) {
        if (answer instanceof Optional<?>) {
            return Optional.of(row);
        }
        return answer instanceof List<?> ? List.of(row) : answer;
    }

    /** Replaces the state in an answer by damaged bytes. */
    static @Nullable Object withStates(@Nullable Object answer, UnaryOperator<byte[]> change) {
        if (answer instanceof Optional<?> found) {
            return found.map(row -> withState((LoginRow) row, change));
        }
        return answer instanceof List<?> rows
                ? rows.stream().map(row -> withState((LoginRow) row, change)).toList()
                : answer;
    }

    private static LoginRow withState(LoginRow row, UnaryOperator<byte[]> change) {
        LoginState state = LoginState.read(change.apply(row.state().write()));
        return new LoginRow(row.id(), row.realm(), row.subject(), row.version(), row.lastSeenAt(), state);
    }
}
