package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gateline.store.ChangeFeed;
import dev.gateline.store.InProcessFeed;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.LoginStore;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contracts of stores, judged by stores that break them. Every test of a contract must catch one of these. */
@Tag("slow")
class StoreContractsTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);

    @ParameterizedTest
    @EnumSource
    void loginStoreContract_wrongStore_isCaught(WrongLoginStore wrong) {
        judge(LoginStoreContract.class, StoreContractsTest::logins, wrong);
    }

    @ParameterizedTest
    @EnumSource
    void loginStoreContract_wrongList_isCaught(WrongLoginList wrong) {
        judge(LoginStoreContract.class, StoreContractsTest::logins, wrong);
    }

    @ParameterizedTest
    @EnumSource
    void loginStoreContract_wrongLimit_isCaught(WrongLoginLimit wrong) {
        judge(LoginStoreContract.class, StoreContractsTest::logins, wrong);
    }

    @ParameterizedTest
    @EnumSource
    void boundedLoginStoreContract_wrongStore_isCaught(WrongCapacity wrong) {
        judge(BoundedLoginStoreContract.class, StoreContractsTest::logins, wrong);
    }

    @ParameterizedTest
    @EnumSource
    void revocationStoreContract_wrongStore_isCaught(WrongRevocationStore wrong) {
        judge(RevocationStoreContract.class, StoreContractsTest::revocations, wrong);
    }

    @ParameterizedTest
    @EnumSource
    void changeFeedContract_wrongFeed_isCaught(WrongChangeFeed wrong) {
        judge(ChangeFeedContract.class, StoreContractsTest::feeds, wrong);
    }

    @ParameterizedTest
    @EnumSource
    void keyRingStoreContract_wrongStore_isCaught(WrongKeyRingStore wrong) {
        judge(KeyRingStoreContract.class, StoreContractsTest::keyRings, wrong);
    }

    @Test
    void contracts_everyTest_catchesAWrongStore() {
        assertThat(caught(WrongLoginStore.values(), WrongLoginList.values(), WrongLoginLimit.values()))
                .isEqualTo(tests(LoginStoreContract.class));
        assertThat(caught(WrongCapacity.values())).isEqualTo(tests(BoundedLoginStoreContract.class));
        assertThat(caught(WrongRevocationStore.values())).isEqualTo(tests(RevocationStoreContract.class));
        assertThat(caught(WrongChangeFeed.values())).isEqualTo(tests(ChangeFeedContract.class));
        assertThat(caught(WrongKeyRingStore.values())).isEqualTo(tests(KeyRingStoreContract.class));
    }

    private static Set<String> caught(Wrong<?>[]... wrong) {
        return Stream.of(wrong).flatMap(Stream::of).map(Wrong::caughtBy).collect(Collectors.toSet());
    }

    private static Set<String> tests(Class<?> contract) {
        return Arrays.stream(contract.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .collect(Collectors.toSet());
    }

    private static LoginStoreContract logins(UnaryOperator<LoginStore> around) {
        AtomicLong hours = new AtomicLong();
        return new BoundedLoginStoreContract() {
            @Override
            protected LoginStore store(int capacity) {
                return around.apply(Storage.inMemory(capacity, () -> TimeUnit.HOURS.toNanos(hours.incrementAndGet()))
                        .logins());
            }
        };
    }

    private static RevocationStoreContract revocations(UnaryOperator<RevocationStore> around) {
        return new RevocationStoreContract() {
            @Override
            protected RevocationStore store() {
                return around.apply(Storage.inMemory(1).revocations());
            }
        };
    }

    private static ChangeFeedContract feeds(UnaryOperator<Supplier<ChangeFeed>> around) {
        InProcessFeed feed = ChangeFeed.inProcess();
        Supplier<ChangeFeed> connect = around.apply(feed::another);
        return new ChangeFeedContract() {
            @Override
            protected ChangeFeed connect() {
                return connect.get();
            }

            @Override
            protected Duration patience() {
                return PATIENCE;
            }
        };
    }

    private static KeyRingStoreContract keyRings(UnaryOperator<Function<String, KeyRingStore>> around) {
        Function<String, KeyRingStore> connect = around.apply(new MemoryKeyRings());
        return new KeyRingStoreContract() {
            @Override
            protected KeyRingStore connect(String name) {
                return connect.apply(name);
            }

            @Override
            protected Duration patience() {
                return PATIENCE;
            }
        };
    }

    /**
     * Runs the test that must catch a wrong store, and before that the same test with the right store. So only the
     * fault can be the reason. An exception of a store is no assertion of a test.
     */
    private static <S> void judge(Class<?> type, Function<UnaryOperator<S>, ?> contract, Wrong<S> wrong) {
        assertThat(thrownBy(type, contract.apply(right -> right), wrong.caughtBy()))
                .as("with the right store")
                .isNull();

        Throwable thrown = thrownBy(type, contract.apply(wrong::around), wrong.caughtBy());

        assertThat(thrown).as("with the wrong store").isInstanceOf(AssertionError.class);
        assertThat(causes(thrown)).last().isInstanceOf(AssertionError.class);
    }

    private static Throwable thrownBy(Class<?> type, Object contract, String test) {
        Throwable thrown = catchThrowable(() -> type.getDeclaredMethod(test).invoke(contract));
        return thrown instanceof InvocationTargetException ? thrown.getCause() : thrown;
    }

    private static List<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, it -> it != null, Throwable::getCause).toList();
    }
}
