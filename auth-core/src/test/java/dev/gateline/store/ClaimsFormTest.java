package dev.gateline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.Claims;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimsFormTest {

    private static Claims claims() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("text", "Zo\u00eb");
        values.put("flag", true);
        values.put("whole", 7L);
        values.put("fraction", new BigDecimal("1.5"));
        values.put("list", List.of("a", 1L, false));
        values.put("map", Map.of("k", List.of()));
        return Claims.of(values);
    }

    @Test
    void read_whatWasWritten_isEqualAndAsLarge() {
        Claims read = ClaimsForm.read(ClaimsForm.write(claims()));

        assertThat(read).isEqualTo(claims()).hasSameHashCodeAs(claims());
        assertThat(read.size()).isEqualTo(claims().size());
        assertThat(ClaimsForm.write(read)).isEqualTo(ClaimsForm.write(claims()));
    }

    @Test
    void read_noClaims_isNone() {
        assertThat(ClaimsForm.read(ClaimsForm.none())).isSameAs(Claims.none());
    }

    @Test
    void read_otherBytes_areRefusedAtTheFirstLookOnly() {
        byte[] whole = ClaimsForm.write(claims());
        for (int length = 0; length < whole.length; length++) {
            Claims cutOff = ClaimsForm.read(Arrays.copyOf(whole, length));
            assertThatIllegalArgumentException().as("%d", length).isThrownBy(cutOff::asMap);
        }
        Claims longer = ClaimsForm.read(Arrays.copyOf(whole, whole.length + 1));
        assertThatIllegalArgumentException().isThrownBy(longer::asMap).withMessageContaining("further bytes");
    }

    @Test
    void read_deepAsClaimsMayBe_isReadAndDeeperIsRefused() {
        byte[] deep = nested(Claims.MAX_DEPTH - 1);

        assertThat(ClaimsForm.write(ClaimsForm.read(deep))).isEqualTo(deep);
        for (int depth : new int[] {Claims.MAX_DEPTH, 100_000}) {
            Claims deeper = ClaimsForm.read(nested(depth));
            assertThatIllegalArgumentException().isThrownBy(deeper::asMap).withMessageContaining("nest deeper");
        }
    }

    /** The claim a is a list of lists. */
    private static byte[] nested(int lists) {
        ByteBuffer written = ByteBuffer.allocate(5 + 3 * lists);
        written.putShort((short) 1).putShort((short) 1).put((byte) 'a');
        for (int i = 1; i <= lists; i++) {
            written.put((byte) 'a').putShort((short) (i < lists ? 1 : 0));
        }
        return written.array();
    }

    @Test
    void read_nameTwice_isRefused() {
        Claims twice = ClaimsForm.read(new byte[] {0, 2, 0, 1, 'a', 't', 0, 1, 'a', 'f'});

        assertThatIllegalArgumentException().isThrownBy(twice::asMap).withMessageContaining("twice");
    }

    @Test
    void read_numberThatIsNone_isRefusedWithoutQuotingIt() {
        for (String text : List.of("", "1.2.3", "12secret", "1e99999999999")) {
            ByteBuffer written = ByteBuffer.allocate(8 + text.length());
            written.putShort((short) 1).putShort((short) 1).put((byte) 'a').put((byte) 'd');
            written.putShort((short) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
            Claims claims = ClaimsForm.read(written.array());

            assertThatIllegalArgumentException()
                    .as(text)
                    .isThrownBy(claims::asMap)
                    .withMessage("a claim is not the number that it should be");
        }
    }
}
