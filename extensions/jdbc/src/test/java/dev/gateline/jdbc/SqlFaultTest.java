package dev.gateline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.servers.PostgresServer;
import java.security.cert.CertPathBuilderException;
import java.sql.SQLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class SqlFaultTest {
    private static final String ROW = "a value of a row";

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"08001", "08006"})
    void describe_handshakeFailed_namesTheRootCauseAndItsMessage(String state) {
        SSLHandshakeException handshake = new SSLHandshakeException("PKIX path building failed");
        handshake.initCause(new CertPathBuilderException("unable to find valid certification path"));

        assertThat(SqlFault.describe(new SQLException(ROW, state, new RuntimeException(handshake))))
                .contains("SSLHandshakeException", "CertPathBuilderException: unable to find valid certification path")
                .doesNotContain(ROW);
    }

    @Test
    void describe_anyOtherRootCause_isNotQuoted() {
        SQLException fault = new SQLException(ROW, "08006", new IllegalStateException(ROW));

        assertThat(SqlFault.describe(fault)).contains("IllegalStateException").doesNotContain(ROW);
        assertThat(SqlFault.describe(new SQLException(ROW, "23514"))).doesNotContain(ROW);
    }

    @Test
    void find_serverWithoutTls_saysThatTheSettingsMustFit() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(PostgresServer.shared().url() + "&sslmode=require");

        assertThatThrownBy(() -> JdbcStorage.of(source).logins().find(new LoginId("l")))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageContaining("TLS settings of the DataSource must fit the server");
    }
}
