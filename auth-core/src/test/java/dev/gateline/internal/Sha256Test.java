package dev.gateline.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {
    /** Of "abc": FIPS 180-4, the first example. */
    private static final byte[] DIGEST =
            HexFormat.of().parseHex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    @Test
    void base64url_textOrBytes_isTheDigestOfTheStandard() {
        assertThat(Sha256.base64url("abc")).isEqualTo(Base64Url.encode(DIGEST)).hasSize(43);
        assertThat(Sha256.base64url("abc".getBytes(UTF_8))).isEqualTo(Base64Url.encode(DIGEST));
        assertThat(Sha256.start().digest("abc".getBytes(UTF_8))).isEqualTo(DIGEST);
    }

    @Test
    void base64url_textBeyondAscii_isInUtf8() {
        assertThat(Sha256.base64url("é")).isEqualTo(Sha256.base64url(new byte[] {(byte) 0xc3, (byte) 0xa9}));
    }
}
