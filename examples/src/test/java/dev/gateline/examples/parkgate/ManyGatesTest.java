package dev.gateline.examples.parkgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gates that share a store: who is logged in at one is let in at all, and who is not at one is not at any. */
@Tag("slow")
class ManyGatesTest {

    @ParameterizedTest
    @ValueSource(strings = {"session", "jwt"})
    void logout_atOneGate_isRefusedAtAll(String strategy) {
        String store = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        try (ParkGate first = ParkGate.start(strategy, 0, store);
                ParkGate second = ParkGate.start(strategy, 0, store);
                ParkGate third = ParkGate.start(strategy, 0, store)) {
            Visitor atFirst = Visitor.program(first);
            String token = atFirst.logIn(Visitor.ADA).get("access_token").asText();
            List<Visitor> all = List.of(
                    atFirst,
                    Visitor.program(second).bearer(token),
                    Visitor.program(third).bearer(token));
            assertThat(all)
                    .allSatisfy(visitor ->
                            assertThat(visitor.get("/me").statusCode()).isEqualTo(200));

            assertThat(Visitor.json(all.get(0).get("/healthz")).get("store").asText())
                    .isEqualTo("shared");

            assertThat(all.get(2).post("/logout", "").statusCode()).isEqualTo(204);

            assertThat(all.get(2).get("/me").statusCode()).isEqualTo(401);
            all.forEach(ManyGatesTest::awaitRefusal);
        }
    }

    private static void awaitRefusal(Visitor visitor) {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (visitor.get("/me").statusCode() == 200) {
            assertThat(System.nanoTime()).as("it is refused here too").isLessThan(deadline);
        }
        assertThat(visitor.get("/me").statusCode()).isEqualTo(401);
    }
}
