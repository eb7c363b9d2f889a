package dev.gateline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class ClientInfoTest {
    private static final ClientInfo ONE = new ClientInfo("203.0.113.7", "curl/8");

    @Test
    void of_whatForgesALogOrIsTooLong_isReplacedAndCutOff() {
        ClientInfo client = new ClientInfo("1.2.3.4\nlogged in: root", "a\u202eb\ud800c" + "x".repeat(300));

        assertThat(client.address()).isEqualTo("1.2.3.4?logged in: root");
        assertThat(client.agent()).startsWith("a?b?cxxx").hasSize(255);
    }

    @Test
    void during_actionThrows_endsAllTheSame() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ONE.during(() -> {
                    throw new IllegalStateException();
                }));

        assertThat(ClientInfo.current()).isEqualTo(ClientInfo.unknown());
    }

    @Test
    void during_nested_isThatOfTheInnermost() {
        ClientInfo other = new ClientInfo("203.0.113.8", "");
        ClientInfo outer = ONE.during(() -> {
            assertThat(other.during(ClientInfo::current)).isEqualTo(other);
            return ClientInfo.current();
        });

        assertThat(outer).isEqualTo(ONE);
        assertThat(ClientInfo.current()).isEqualTo(ClientInfo.unknown());
    }

    @Test
    void current_hostThatCantSay_isUnknown() {
        ClientInfo client = ClientInfo.during(
                () -> {
                    throw new IllegalStateException("no such header");
                },
                ClientInfo::current);

        assertThat(client).isEqualTo(ClientInfo.unknown());
    }
}
