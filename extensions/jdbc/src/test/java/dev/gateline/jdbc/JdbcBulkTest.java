package dev.gateline.jdbc;

import static dev.gateline.LoginLimit.UNLIMITED;
import static dev.gateline.kit.Rows.ABSOLUTE;
import static dev.gateline.kit.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.jdbc.JdbcFeedFaultsTest.Heard;
import dev.gateline.kit.Race;
import dev.gateline.kit.Rows;
import dev.gateline.servers.Await;
import dev.gateline.store.Change;
import dev.gateline.store.LoginRow;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several nodes at once change more rows than one step takes. */
class JdbcBulkTest {
    private static final int MANY = 450;

    private static List<LoginRow> fill(JdbcStorage storage) {
        List<LoginRow> rows =
                IntStream.range(0, MANY).mapToObj(i -> Rows.of("ada")).toList();
        rows.forEach(row -> storage.logins().insert(row, UNLIMITED, Set.of(), NOW));
        return rows;
    }

    @ParameterizedTest
    @EnumSource
    void touchAll_manyRowsByTwoNodes_notesTheLaterUseOfEach(TestDatabase database) {
        JdbcStorage storage = database.place().empty();
        List<LoginRow> rows = fill(storage);
        Map<LoginId, Instant> earlier = new HashMap<>();
        rows.forEach(row -> earlier.put(row.id(), NOW.plusSeconds(1)));
        earlier.put(new LoginId("gone"), NOW);
        Map<LoginId, Instant> later = new HashMap<>(earlier);
        later.replaceAll((id, seenAt) -> NOW.plusSeconds(2));

        List<Boolean> unused = Race.run(() -> touched(storage, earlier), () -> touched(storage, later));

        assertThat(storage.logins().findBySubject("gs_", "ada"))
                .hasSize(MANY)
                .allSatisfy(row -> assertThat(row.lastSeenAt()).isEqualTo(NOW.plusSeconds(2)));
    }

    private static boolean touched(JdbcStorage storage, Map<LoginId, Instant> seenAt) {
        return !storage.logins().touchAll(seenAt, Duration.ZERO).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void deleteAll_manyRows_deletesThoseAndNoOthers(TestDatabase database) {
        JdbcStorage storage = database.place().empty();
        List<LoginId> ids =
                new ArrayList<>(fill(storage).stream().map(LoginRow::id).toList());
        LoginId kept = ids.remove(0);
        ids.add(new LoginId("gone"));

        storage.logins().deleteAll(ids);
        storage.logins().deleteAll(List.of());

        assertThat(storage.logins().findBySubject("gs_", "ada"))
                .extracting(LoginRow::id)
                .containsExactly(kept);
    }

    @ParameterizedTest
    @EnumSource
    void revokeAll_byTwoNodesInOppositeOrder_endsAllAndRaisesTheEpoch(TestDatabase database) {
        JdbcStorage storage = database.place().empty();
        RevocationStore revocations = storage.revocations();
        long epoch = revocations.epoch() + 1_000_000;
        List<Revocation> all = new ArrayList<>();
        IntStream.range(0, MANY).forEach(i -> all.add(Revocation.ofToken("t" + i, NOW.plus(ABSOLUTE))));
        all.add(Revocation.ofGroup("gs_ ada", epoch, NOW.plus(ABSOLUTE)));
        List<Revocation> reversed = new ArrayList<>(all);
        Collections.reverse(reversed);

        List<Boolean> unused = Race.run(() -> revoked(revocations, all), () -> revoked(revocations, reversed));

        assertThat(all.subList(0, MANY))
                .allSatisfy(it -> assertThat(revocations.isRevoked(new Revocable("gs_", it.key(), "l", "bob", epoch)))
                        .isTrue());
        assertThat(revocations.isRevoked(new Revocable("gs_", "t", "l", "ada", epoch - 1)))
                .isTrue();
        assertThat(revocations.epoch()).isGreaterThanOrEqualTo(epoch);
    }

    private static boolean revoked(RevocationStore revocations, List<Revocation> all) {
        revocations.revokeAll(all, NOW);
        return true;
    }

    @ParameterizedTest
    @EnumSource
    void publishAll_manyChanges_eachIsHeard(TestDatabase database) {
        JdbcStorage publishing = database.place().empty();
        List<Change> changes = IntStream.range(0, MANY)
                .<Change>mapToObj(i -> new Change.OfRow(new LoginId("l" + i)))
                .toList();
        Heard heard = new Heard();
        try (JdbcStorage listening = database.place().storage()) {
            listening.feed().subscribe(heard);
            heard.awaitFresh();

            publishing.feed().publishAll(changes);
            publishing.feed().publishAll(List.of());

            Await.until("all are heard", () -> changes.stream().allMatch(heard::has));
        }
    }
}
