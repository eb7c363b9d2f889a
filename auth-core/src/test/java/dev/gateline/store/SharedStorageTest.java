package dev.gateline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.EndReason;
import dev.gateline.LoginId;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A storage that publishes its changes is otherwise the storage that it wraps, which may have copies of its own. */
class SharedStorageTest {
    private static final Instant NOW = Instant.parse("2026-12-01T05:00:00Z");
    private static final LoginId ID = new LoginId("l");
    private static final LoginRow ROW = new LoginRow(ID, "gs_", "ada", 7, NOW, state());
    private static final Revocation REVOCATION = Revocation.ofLogin(ID, NOW, EndReason.LOGGED_OUT);
    private static final Revocable LOGIN = new Revocable("gs_", "", "l", "ada", 0);
    private static final Standing STANDING = Standing.unmarked(NOW, "run");

    private final List<String> asked = new ArrayList<>();
    private final List<Change> published = new ArrayList<>();
    private boolean answer = true;
    private Written written = Written.DONE;

    private final SharedStorage shared =
            SharedStorage.of(Storage.of(noted(LoginStore.class), noted(RevocationStore.class)), feed());

    private static LoginState state() {
        return LoginState.builder(TicketState.ofNobody(0, NOW))
                .startedAt(NOW)
                .endsAt(NOW.plus(Duration.ofDays(1)))
                .idleTimeout(Duration.ofMinutes(30))
                .authenticatedAt(NOW)
                .build();
    }

    private <T> T noted(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            asked.add(call(method, args));
            return answerOf(method);
        }));
    }

    private ChangeFeed feed() {
        return (ChangeFeed) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ChangeFeed.class}, (proxy, method, args) -> {
                    switch (method.getName()) {
                        case "publish" -> published.add((Change) args[0]);
                        case "publishAll" -> ((Collection<?>) args[0]).forEach(it -> published.add((Change) it));
                        default -> asked.add("feed." + call(method, args));
                    }
                    return null;
                });
    }

    private static String call(Method method, Object @Nullable [] args) {
        return method.getName() + Arrays.toString(args == null ? new Object[0] : args);
    }

    private @Nullable Object answerOf(Method method) {
        Class<?> type = method.getReturnType();
        if (type == boolean.class) {
            return answer;
        }
        if (type == long.class) {
            return 7L;
        }
        if (type == Optional.class) {
            return Optional.of(method.getName().equals("vouch") ? STANDING : ROW);
        }
        return type == Written.class ? written : sample(type);
    }

    private static @Nullable Object sample(Class<?> type) {
        Map<Class<?>, Object> samples = Map.ofEntries(
                Map.entry(LoginRow.class, ROW),
                Map.entry(LoginId.class, ID),
                Map.entry(Revocation.class, REVOCATION),
                Map.entry(Revocable.class, LOGIN),
                Map.entry(Standing.class, STANDING),
                Map.entry(Instant.class, NOW),
                Map.entry(Duration.class, Duration.ofSeconds(3)),
                Map.entry(String.class, "text"),
                Map.entry(int.class, 3),
                Map.entry(long.class, 4L),
                Map.entry(Set.class, Set.of(ID)),
                Map.entry(List.class, List.of(ROW)),
                Map.entry(Map.class, Map.of(ID, NOW)));
        return samples.get(type);
    }

    private static @Nullable Object argument(Method method, Class<?> type) {
        if (type == Collection.class) {
            return method.getName().equals("revokeAll") ? List.of(REVOCATION) : List.of(ID);
        }
        return type == Consumer.class ? (Consumer<Object>) value -> {} : sample(type);
    }

    static Stream<Method> methods() {
        return Stream.of(LoginStore.class, RevocationStore.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .sorted(Comparator.comparing(Method::toString));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void of_anyMethod_asksTheStoreAndAnswersAsItDoes(Method method) throws ReflectiveOperationException {
        Object store = method.getDeclaringClass() == LoginStore.class ? shared.logins() : shared.revocations();
        Object[] args = Arrays.stream(method.getParameterTypes())
                .map(type -> argument(method, type))
                .toArray();
        String where = method.getName().equals("subscribe") ? "feed." : "";
        for (boolean each : List.of(true, false)) {
            answer = each;
            written = each ? Written.STALE : Written.GONE;
            asked.clear();

            Object answered = method.invoke(store, args);

            assertThat(asked).containsExactly(where + call(method, args));
            assertThat(answered).isEqualTo(where.isEmpty() ? answerOf(method) : null);
        }
    }

    @Test
    void of_threeStores_hasTheThree() {
        LoginStore logins = noted(LoginStore.class);
        RevocationStore revocations = noted(RevocationStore.class);
        RateLimitStore limits = noted(RateLimitStore.class);

        Storage joined = Storage.of(logins, revocations, limits);

        assertThat(joined.logins()).isSameAs(logins);
        assertThat(joined.revocations()).isSameAs(revocations);
        assertThat(joined.rateLimits().orElseThrow()).isSameAs(limits);
        assertThat(Storage.of(logins, revocations).rateLimits()).isEmpty();
    }

    /** It must not say that nothing has ended, or that nothing was lost. */
    @Test
    @SuppressWarnings("unchecked")
    void defaults_ofAStoreThatKnowsNothingWithoutAsking_areCautious() {
        RevocationStore silent = (RevocationStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RevocationStore.class}, (proxy, method, args) -> {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, args);
                    }
                    ((Consumer<Revocation>) args[1]).accept(REVOCATION);
                    ((Consumer<Revocation>) args[1]).accept(REVOCATION);
                    return null;
                });

        assertThat(silent.mayBeRevoked(LOGIN)).isTrue();
        assertThat(silent.standing()).isSameAs(Standing.UNMEASURED);
        assertThat(silent.countLive(NOW)).isEqualTo(2);
        assertThat(silent.vouch(STANDING)).contains(Standing.UNMEASURED);
    }

    @Test
    void revocations_eachEnding_isPublished() {
        shared.revocations().revoke(REVOCATION, NOW);
        shared.revocations().revokeAll(List.of(REVOCATION, REVOCATION), NOW);
        shared.revocations().raiseEpoch("group", 0, NOW, NOW.plusSeconds(9));

        Change ending = new Change.OfRevocation(REVOCATION);
        assertThat(published)
                .containsExactly(
                        ending,
                        ending,
                        ending,
                        new Change.OfRevocation(Revocation.ofGroup("group", 7, NOW.plusSeconds(9))));
    }

    @ParameterizedTest
    @EnumSource(Written.class)
    void replace_row_isPublishedIfItWasWritten(Written outcome) {
        written = outcome;

        shared.logins().replace(ROW, 6, NOW);

        assertThat(published).isEqualTo(outcome == Written.DONE ? List.of(new Change.OfRow(ID)) : List.of());
    }
}
