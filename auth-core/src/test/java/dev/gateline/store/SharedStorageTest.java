package dev.gateline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedStorageTest {
    private final List<String> asked = new ArrayList<>();

    private <T> T noted(Class<T> type, String name) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            asked.add(name + method.getName());
            return answer(type, method.getName());
        }));
    }

    private @Nullable Object answer(Class<?> type, String verb) {
        return switch (verb) {
            case "authoritative" -> noted(type, "the store's own ");
            case "isRevoked" -> true;
            case "find", "findNewest" -> Optional.empty();
            default -> null;
        };
    }

    /** Whoever wraps a store that has copies must get past them too. */
    @Test
    void of_storesWithCopies_asksThemForWhatIsNewest() {
        Storage copies = Storage.of(noted(LoginStore.class, ""), noted(RevocationStore.class, ""));
        SharedStorage shared = SharedStorage.of(copies, ChangeFeed.inProcess());

        assertThat(shared.logins().find(new LoginId("l"))).isEmpty();
        assertThat(shared.logins().findNewest(new LoginId("l"))).isEmpty();
        Revocable login = new Revocable("gs_", "", "l", "ada", 0);
        assertThat(shared.revocations().isRevoked(login)).isTrue();
        assertThat(shared.revocations().authoritative().isRevoked(login)).isTrue();

        assertThat(asked)
                .containsExactly("find", "findNewest", "isRevoked", "authoritative", "the store's own isRevoked");
    }

    @Test
    void of_authoritativeStore_tellsOfWhatItRevokesToo() {
        InProcessFeed feed = ChangeFeed.inProcess();
        List<Change> heard = new ArrayList<>();
        feed.subscribe(new ChangeFeed.Subscriber() {
            @Override
            public void changed(Change change) {
                heard.add(change);
            }

            @Override
            public void gap() {}

            @Override
            public void freshAsOf(long nanos) {}
        });
        Revocation ended = Revocation.ofToken("t", Instant.EPOCH.plusSeconds(60));

        SharedStorage.of(Storage.inMemory(1), feed)
                .revocations()
                .authoritative()
                .revoke(ended, Instant.EPOCH);

        assertThat(heard).containsExactly(new Change.OfRevocation(ended));
    }
}
