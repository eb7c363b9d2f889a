package dev.gateline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.Claims;
import dev.gateline.internal.Micros;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoginStateTest {
    private static final Instant START = Instant.parse("2026-03-01T09:00:00.123456Z");

    private static final String TICKET = "00".repeat(16) + "ab".repeat(32) + "cd".repeat(16) + "ef".repeat(16)
            + "00000007" + "00064bf2b1f60640" + "01" + "00064bf2b28e9cc0" + "00000002" + "00000001"
            + "00064bf2b242a140";

    private static LoginState state(String client, List<String> methods, Claims claims, Map<String, String> data) {
        TicketState ticket = TicketState.trusted(HexFormat.of().parseHex(TICKET), 0);
        return LoginState.builder(ticket)
                .epoch(1_772_355_600_123_456L)
                .client(client)
                .remembered(true)
                .startedAt(START)
                .endsAt(START.plus(Duration.ofHours(8)))
                .idleTimeout(Duration.ofMinutes(30))
                .authenticatedAt(START.minusSeconds(5))
                .methods(methods)
                .claims(claims)
                .data(data)
                .build();
    }

    private static Claims claims() {
        return Claims.of(Map.of("roles", List.of("keeper", 1, true, Map.of("x", new BigDecimal("0.5")))));
    }

    @Test
    void read_whatWasWritten_isEqual() {
        List<LoginState> all = List.of(
                state("", List.of(), Claims.none(), Map.of()),
                state("é".repeat(255), List.of("pwd", "otp"), claims(), Map.of("cart", "x".repeat(100_000), "", "{}")),
                state(
                        "x".repeat(127),
                        List.of("x".repeat(32)),
                        claims(),
                        Map.of("a", "x".repeat(127), "b", "y".repeat(128))));
        for (LoginState each : all) {
            LoginState read = LoginState.read(each.write());

            assertThat(read).isEqualTo(each);
            assertThat(read.write()).isEqualTo(each.write());
        }
    }

    /** Later versions must read the bytes that this version has written. */
    @Test
    void read_sampleOfFormat1_isUnderstood() {
        String sample = "01" + "01" + "00064bf2b1f60640" + "00064bf2b1f60640" + "00064bf966932640" + "000000006b49d200"
                + "00064bf2b1a9bb00" + TICKET + "024d79" + "01" + "03707764" + "02" + "0000" + "0000";

        LoginState read = LoginState.read(HexFormat.of().parseHex(sample));

        assertThat(HexFormat.of()
                        .formatHex(state("My", List.of("pwd"), Claims.none(), Map.of())
                                .write()))
                .isEqualTo(sample);
        assertThat(read).isEqualTo(state("My", List.of("pwd"), Claims.none(), Map.of()));
    }

    @Test
    void toBuilder_nothingChanged_isEqual() {
        LoginState whole = state("My", List.of("pwd", "otp"), claims(), Map.of("cart", "{}"));

        assertThat(whole.toBuilder().build()).isEqualTo(whole);
    }

    @Test
    void toBuilder_onePartChanged_keepsTheOthers() {
        LoginState changed = state("My", List.of("pwd"), claims(), Map.of("cart", "{}")).toBuilder()
                .data(Map.of())
                .build();

        assertThat(changed).isEqualTo(state("My", List.of("pwd"), claims(), Map.of()));
        assertThat(changed.claims()).isEqualTo(claims());
    }

    @Test
    void build_requiredPartMissing_isRefusedByItsName() {
        LoginStateBuilder builder = LoginState.builder(TicketState.ofNobody(0, START))
                .startedAt(START)
                .endsAt(START.plusSeconds(60));

        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("idleTimeout(...)");
        assertThat(builder.idleTimeout(Duration.ofSeconds(30)).build().authenticatedAt())
                .isEqualTo(START);
    }

    @Test
    void read_cutOffAnywhere_isRefused() {
        byte[] whole =
                state("My", List.of("pwd"), claims(), Map.of("cart", "{}")).write();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatIllegalArgumentException().as("%d", length).isThrownBy(() -> LoginState.read(part));
        }
    }

    /** There is one form of a state. Otherwise a state that is read and written again would be another one. */
    @Test
    void read_formThatIsNeverWritten_isRefused() {
        String head = HexFormat.of()
                .formatHex(Arrays.copyOf(
                        state("", List.of(), Claims.none(), Map.of()).write(), 42 + TicketState.LENGTH));
        String none = "00" + "00" + "020000";
        String named = "0161" + "017b";

        for (String form : List.of(
                head + none + "0000" + "00",
                head + none + "0002" + named + named,
                head + none + "0002" + "0162" + "0131" + named,
                head + "ff00000000" + "00" + "020000" + "0000",
                head + "fe00000000" + "00" + "020000" + "0000",
                head + "01ff" + "00" + "020000" + "0000",
                "0102" + head.substring(4) + none + "0000")) {
            assertThatIllegalArgumentException()
                    .as(form.substring(head.length()))
                    .isThrownBy(() -> LoginState.read(HexFormat.of().parseHex(form)));
        }
        assertThat(LoginState.read(HexFormat.of().parseHex(head + none + "0001" + named))
                        .data())
                .containsExactly(Map.entry("a", "{"));
    }

    @Test
    void read_ticketThatAwaitsSomethingUnknown_isRefused() {
        byte[] whole = state("", List.of(), Claims.none(), Map.of()).write();
        whole[42 + 92] = 3;

        assertThatIllegalArgumentException().isThrownBy(() -> LoginState.read(whole));
    }

    /** More endings than a step-up could write are refused, and so are those of a step-up that never was. */
    @Test
    void read_countsThatNoLoginHas_isRefused() {
        for (String counts : List.of("0000000200000003", "0000010200000001", "00000002ffffffff")) {
            byte[] whole = state("", List.of(), Claims.none(), Map.of()).write();
            System.arraycopy(HexFormat.of().parseHex(counts), 0, whole, 42 + 101, 8);

            assertThatIllegalArgumentException().as(counts).isThrownBy(() -> LoginState.read(whole));
        }
    }

    @Test
    void withStepUpUndone_manyTimes_countsUntilTheEndingsAreTooMany() {
        TicketState ticket = TicketState.ofNobody(0, START);
        for (int i = 1; i <= 200; i++) {
            ticket = ticket.withStepUpUndone();
            assertThat(ticket.stepUps()).isEqualTo(Math.min(2 * i, 256));
            assertThat(ticket.endedBelow()).isZero();
            assertThat(ticket.isPlausible()).isTrue();
        }
    }

    @Test
    void read_anotherFormat_isRefusedWithItsNumber() {
        byte[] whole = state("", List.of(), Claims.none(), Map.of()).write();
        whole[0] = 2;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoginState.read(whole))
                .withMessageContaining("2");
    }

    @Test
    void expiresAt_always_isTheEarlierLimit() {
        LoginState state = state("", List.of(), Claims.none(), Map.of());
        long seen = Micros.of(START);

        assertThat(Micros.instant(state.expiresAt(seen))).isEqualTo(START.plus(Duration.ofMinutes(30)));
        assertThat(Micros.instant(state.expiresAt(seen + 8 * 3_600_000_000L)))
                .isEqualTo(START.plus(Duration.ofHours(8)));
    }

    @Test
    void new_finerThanAMicrosecond_isCutOff() {
        Instant fine = START.plusNanos(999);

        assertThat(TicketState.ofNobody(0, fine).issuedAt()).isEqualTo(START);
    }

    @Test
    void toString_showsNoSecretAndNoClaim() {
        assertThat(state("", List.of(), claims(), Map.of("note", "private")).toString())
                .doesNotContain("abab")
                .doesNotContain("keeper")
                .doesNotContain("private");
    }
}
