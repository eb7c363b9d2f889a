package dev.gateline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.Login;
import dev.gateline.LoginLimit;
import dev.gateline.Timeouts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TicketPolicyTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Timeouts USUAL = new Timeouts(Duration.ofMinutes(30), Duration.ofHours(12));
    private static final Timeouts REMEMBERED = new Timeouts(Duration.ofDays(14), Duration.ofDays(30));

    private static TicketPolicy policy(Timeouts usual, Timeouts remembered, Duration grace, Duration signedFor) {
        LoginTimeouts timeouts = new LoginTimeouts(usual, remembered, (login, most) -> most);
        return TicketPolicy.builder("gs_", timeouts, LoginLimit.none())
                .grace(grace)
                .seenInterval(MINUTE)
                .signedFor(signedFor)
                .build();
    }

    private static TicketPolicy signedFor(Duration span) {
        return policy(USUAL, REMEMBERED, Duration.ofSeconds(10), span);
    }

    private static TicketPolicy grace(Duration grace, Duration idle) {
        return policy(new Timeouts(idle, Duration.ofHours(1)), REMEMBERED, grace, Duration.ZERO);
    }

    @Test
    void endedFor_whatIsSigned_isTwoMinutesLongerAndSevenAtLeast() {
        assertThat(signedFor(Duration.ZERO).endedFor()).isEqualTo(Duration.ofMinutes(7));
        assertThat(signedFor(Duration.ofMinutes(5)).endedFor()).isEqualTo(Duration.ofMinutes(7));
        assertThat(signedFor(Duration.ofMinutes(5).plusNanos(1)).endedFor())
                .isEqualTo(Duration.ofMinutes(7).plusNanos(1));
    }

    @Test
    void endedForGood_longestLogin_isTwoMinutesLonger() {
        assertThat(signedFor(Duration.ZERO).endedForGood())
                .isEqualTo(Duration.ofDays(30).plus(MINUTE).plus(MINUTE));
        assertThat(policy(REMEMBERED, USUAL, Duration.ofSeconds(10), Duration.ZERO)
                        .endedForGood())
                .isEqualTo(Duration.ofDays(30).plus(MINUTE).plus(MINUTE));
    }

    @Test
    void grace_onBothSidesOfItsBounds_isTakenOrRefused() {
        assertThat(grace(Duration.ofSeconds(1), Duration.ofMinutes(30)).grace()).isEqualTo(Duration.ofSeconds(1));
        assertThat(grace(MINUTE, Duration.ofMinutes(30)).grace()).isEqualTo(MINUTE);
        assertThat(grace(MINUTE.minusNanos(1), MINUTE).grace()).isEqualTo(MINUTE.minusNanos(1));
        refuses(Duration.ofSeconds(1).minusNanos(1), Duration.ofMinutes(30), "PT1S to PT1M");
        refuses(MINUTE.plusNanos(1), Duration.ofMinutes(30), "PT1S to PT1M");
        refuses(MINUTE, MINUTE, "shorter than the idle timeout");
    }

    @Test
    void retriedFor_asLongAsTheGraceOrShorter_isTakenOrRefused() {
        Duration grace = Duration.ofSeconds(10);
        TicketPolicyBuilder builder = TicketPolicy.builder(
                        "gs_", new LoginTimeouts(USUAL, REMEMBERED, (login, most) -> most), LoginLimit.none())
                .grace(grace);

        assertThat(builder.retriedFor(grace).build().retriedFor()).isEqualTo(grace);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.retriedFor(grace.minusNanos(1)).build())
                .withMessageContaining("at least the grace, PT10S");
    }

    private static void refuses(Duration grace, Duration idle, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> grace(grace, idle))
                .withMessageContaining("grace")
                .withMessageContaining(rule)
                .withMessageContaining(grace.toString());
    }

    @Test
    void timeouts_shortenedInOnePart_areLongerInNone() {
        Timeouts odd = new Timeouts(Duration.ofDays(20), Duration.ofDays(20));
        LoginTimeouts timeouts = new LoginTimeouts(USUAL, REMEMBERED, (login, most) -> odd);
        Login remembered = Login.builder("ada").remembered(true).build();

        assertThat(timeouts.of(Login.of("ada"))).isEqualTo(USUAL);
        assertThat(timeouts.of(remembered)).isEqualTo(new Timeouts(Duration.ofDays(14), Duration.ofDays(20)));
    }
}
