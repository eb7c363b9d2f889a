package dev.gateline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Credential;
import dev.gateline.LoginId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketTest {
    private static final byte[] SALT = new byte[32];
    private static final LoginId ID = new LoginId("AAAAAAAAAAAAAAAAAAAAAA");

    private final Ticket ticket = Ticket.mint("gs_", ID);
    private final String text = ticket.credential().reveal();

    private static boolean reads(String text) {
        return Ticket.parse("gs_", Credential.of(text)).isPresent();
    }

    @Test
    void credential_isPrefixIdDotSecret() {
        assertThat(text).matches("gs_A{22}\\.[A-Za-z0-9_-]{64}");
    }

    @Test
    void parse_ownCredential_isTheSameTicket() {
        assertThat(Ticket.parse("gs_", ticket.credential())).hasValueSatisfying(parsed -> {
            assertThat(parsed.loginId()).isEqualTo(ID);
            assertThat(parsed.credential()).isEqualTo(ticket.credential());
            assertThat(parsed.digest()).isEqualTo(ticket.digest());
        });
    }

    @Test
    void mint_manyTimes_neverTheSameSecret() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            assertThat(seen.add(Ticket.mint("gs_", ID).credential().reveal())).isTrue();
        }
    }

    @Test
    void parse_foreignCharacterInAnyPosition_isRefused() {
        for (int i = 0; i < text.length(); i++) {
            for (char c : new char[] {'=', '+', '/', ' ', '\n', '\0', '%', '\u00e9', '\u3002'}) {
                StringBuilder changed = new StringBuilder(text);
                changed.setCharAt(i, c);
                assertThat(reads(changed.toString())).as("%s at %d", c, i).isFalse();
            }
        }
    }

    @Test
    void parse_characterLeftOutOrDoubled_isRefusedInEveryPosition() {
        for (int i = 0; i < text.length(); i++) {
            assertThat(reads(text.substring(0, i) + text.substring(i + 1))).isFalse();
            assertThat(reads(text.substring(0, i) + text.charAt(i) + text.substring(i)))
                    .isFalse();
        }
    }

    @Test
    void parse_otherSpellingOfTheSameBytes_isRefused() {
        assertThat(reads("gs_AAAAAAAAAAAAAAAAAAAAAB." + "A".repeat(64))).isFalse();
        assertThat(reads("gs_AAAAAAAAAAAAAAAAAAAAAA." + "A".repeat(64))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gs_", ".", "gs_.", "null", "undefined", "gs_AAAAAAAAAAAAAAAAAAAAAA."})
    void parse_fragment_isRefused(String fragment) {
        assertThat(reads(fragment)).isFalse();
    }

    @Test
    void parse_surroundedOrHuge_isRefused() {
        assertThat(reads(" " + text)).isFalse();
        assertThat(reads(text + "\n")).isFalse();
        assertThat(reads("\"" + text + "\"")).isFalse();
        assertThat(reads(text + "A".repeat(9000))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gr_", "GS_", "gs-", "xx_"})
    void parse_otherPrefix_isRefused(String prefix) {
        assertThat(reads(prefix + text.substring(3))).isFalse();
        assertThat(Ticket.parse(prefix, ticket.credential())).isEmpty();
    }

    @Test
    void digest_ofTheSameSecretUnderAnotherPrefix_differs() {
        Ticket other =
                Ticket.parse("gr_", Credential.of("gr_" + text.substring(3))).orElseThrow();
        assertThat(other.digest()).isNotEqualTo(ticket.digest()).hasSize(32);
    }

    @Test
    void successor_sameSalt_isTheSameForWhoeverAsks() {
        Ticket again = Ticket.parse("gs_", ticket.credential()).orElseThrow();
        assertThat(ticket.successor(Ticket.mac(SALT)).credential())
                .isEqualTo(again.successor(Ticket.mac(SALT)).credential());
        assertThat(ticket.successor(Ticket.mac(SALT)).loginId()).isEqualTo(ID);
    }

    @Test
    void successor_otherSaltOrTicket_differs() {
        byte[] other = new byte[32];
        other[31] = 1;
        assertThat(ticket.successor(Ticket.mac(SALT)).credential())
                .isNotEqualTo(ticket.successor(Ticket.mac(other)).credential())
                .isNotEqualTo(ticket.credential())
                .isNotEqualTo(Ticket.mint("gs_", ID).successor(Ticket.mac(SALT)).credential());
    }

    @Test
    void toString_showsNoSecret() {
        assertThat(ticket).hasToString("Ticket[gs_" + ID + ".redacted]");
    }
}
