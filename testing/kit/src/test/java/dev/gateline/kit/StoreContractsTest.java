package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.store.LoginStore;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contracts of stores, judged by stores that break them. */
class StoreContractsTest {

    @ParameterizedTest
    @EnumSource
    void loginStoreContract_wrongStore_isCaught(WrongLoginStore wrong) {
        LoginStoreContract contract = new LoginStoreContract() {
            @Override
            protected LoginStore store(int capacity) {
                return wrong.around(Storage.inMemory(capacity).logins());
            }
        };

        assertThatThrownBy(() -> run(LoginStoreContract.class, contract, wrong.caughtBy()))
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @EnumSource
    void revocationStoreContract_wrongStore_isCaught(WrongRevocationStore wrong) {
        RevocationStoreContract contract = new RevocationStoreContract() {
            @Override
            protected RevocationStore store() {
                return wrong.around(Storage.inMemory(1).revocations());
            }
        };

        assertThatThrownBy(() -> run(RevocationStoreContract.class, contract, wrong.caughtBy()))
                .isInstanceOf(AssertionError.class);
    }

    private static void run(Class<?> type, Object contract, String test) throws Throwable {
        Method method = type.getDeclaredMethod(test);
        try {
            method.invoke(contract);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
