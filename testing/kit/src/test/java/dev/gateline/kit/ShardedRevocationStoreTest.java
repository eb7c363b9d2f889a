package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.store.Revocable;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.ShardedStorage;
import dev.gateline.store.Storage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShardedRevocationStoreTest extends RevocationStoreContract {
    private final Storage storage =
            ShardedStorage.of(Map.of("a", Storage.inMemory(1), "b", Storage.inMemory(1), "c", Storage.inMemory(1)));

    @Override
    protected RevocationStore store() {
        return storage.revocations();
    }

    /** Each shard counts its own epochs, so each user's login has an id of the user's shard and an epoch of it. */
    @Override
    @Test
    void raiseEpoch_subjectsThatLookAlike_revokesThatOnesOnly() {
        RevocationStore store = store();
        List<String> subjects = Rows.LOOK_ALIKES;
        Map<String, Revocable> logins = subjects.stream().collect(Collectors.toMap(subject -> subject, subject -> {
            LoginId id = storage.newLoginId("gr_", subject);
            long epoch = storage.partOf(id).revocations().epoch();
            return new Revocable("gr_", "", id.value(), subject, epoch);
        }));

        for (int i = 0; i < subjects.size(); i++) {
            store.raiseEpoch("gr_ " + subjects.get(i), 0, Rows.NOW, Rows.NOW.plus(Duration.ofMinutes(6)));

            for (String subject : subjects) {
                assertThat(store.isRevoked(logins.get(subject))).as(subject).isEqualTo(subjects.indexOf(subject) <= i);
            }
        }
    }
}
