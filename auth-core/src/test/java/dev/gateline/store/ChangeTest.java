package dev.gateline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.EndReason;
import dev.gateline.LoginId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTest {
    private static final Instant UNTIL = Instant.parse("2026-11-23T10:00:00.123456Z");

    @Test
    void read_whatWasWritten_isTheSame() {
        List<Change> changes = List.of(
                new Change.OfRow(new LoginId("l1")),
                new Change.OfKeyRing("park"),
                new Change.OfKeyRing("ROW"),
                new Change.OfRevocation(Revocation.ofToken("t1", UNTIL)),
                new Change.OfRevocation(Revocation.ofLogin(new LoginId("ROW"), UNTIL)),
                new Change.OfRevocation(Revocation.ofLogin(new LoginId("l2"), UNTIL, EndReason.LOGGED_OUT)),
                new Change.OfRevocation(Revocation.ofGroup("gs_ Ada  Lovelace \u00e9", 9, UNTIL)));

        assertThat(changes)
                .allSatisfy(change -> assertThat(Change.read(change.write())).isEqualTo(change));
    }

    /** A node of a later version may know more of them. */
    @Test
    void read_reasonNotKnownHere_isUnknown() {
        Change ending = new Change.OfRevocation(Revocation.ofLogin(new LoginId("l1"), UNTIL));

        assertThat(Change.read(ending.write().replace("LOGIN", "LOGIN/TIRED"))).isEqualTo(ending);
    }

    @Test
    void read_somethingElse_isRefusedWithoutItsText() {
        for (String text : List.of(
                "",
                "RING",
                "RING ",
                "RING secret 1",
                "ROW",
                "ROW x secret",
                "ROW ",
                "LOGIN 1 2",
                "OTHER 1 2 secret",
                "LOGIN a b secret")) {
            assertThatIllegalArgumentException()
                    .as(text)
                    .isThrownBy(() -> Change.read(text))
                    .withMessageNotContaining("secret")
                    .withNoCause();
        }
    }
}
