package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class JoseHeaderTest {

    /** Nodes know each other's headers by their bytes. */
    @Test
    void write_always_hasTheSameOrder() {
        String header = JoseHeader.write("at+jwt", "HS256", "one");

        assertThat(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
                .isEqualTo("{\"typ\":\"at+jwt\",\"alg\":\"HS256\",\"kid\":\"one\"}");
    }

    @Test
    void isOf_anotherHeaderOrAPartOfIt_isNot() {
        byte[] token = (JoseHeader.write("at+jwt", "HS256", "one") + ".e30.c2ln").getBytes(StandardCharsets.ISO_8859_1);
        int end = token.length - ".e30.c2ln".length();
        JoseHeader header = JoseHeader.read(token, end).toOptional().orElseThrow();

        assertThat(header.isOf(token, end)).isTrue();
        assertThat(header.isOf(token, end - 1)).isFalse();
        assertThat(header.isOf(token, token.length)).isFalse();
        assertThat(JoseHeader.NONE.isOf(token, end)).isFalse();
    }
}
