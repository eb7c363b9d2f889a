package dev.gateline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedStorageTest {
    private final List<String> asked = new ArrayList<>();

    private <T> T noted(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            asked.add(method.getName());
            return answer(method.getName());
        }));
    }

    private @Nullable Object answer(String verb) {
        return switch (verb) {
            case "isRevoked", "isRevokedAuthoritatively" -> true;
            case "find", "findAuthoritative" -> Optional.empty();
            default -> null;
        };
    }

    /** A store that wraps one with copies must get past them too. */
    @Test
    void of_storesWithCopies_asksThemForWhatIsNewest() {
        Storage copies = Storage.of(noted(LoginStore.class), noted(RevocationStore.class));
        SharedStorage shared = SharedStorage.of(copies, ChangeFeed.inProcess());

        assertThat(shared.logins().find(new LoginId("l"))).isEmpty();
        assertThat(shared.logins().findAuthoritative(new LoginId("l"))).isEmpty();
        Revocable login = new Revocable("gs_", "", "l", "ada", 0);
        assertThat(shared.revocations().isRevoked(login)).isTrue();
        assertThat(shared.revocations().isRevokedAuthoritatively(login)).isTrue();

        assertThat(asked).containsExactly("find", "findAuthoritative", "isRevoked", "isRevokedAuthoritatively");
    }
}
