package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerTest {

    /** The lengths of X.690 section 8.1.3: one byte up to 127, and then the number of the bytes that follow. */
    @ParameterizedTest
    @CsvSource({"0, 00", "127, 7f", "128, 8180", "255, 81ff", "256, 820100", "65535, 82ffff", "65536, 83010000"})
    void encoded_anyLength_hasTheShortestFormAndIsReadBack(int size, String length) {
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) 5);

        byte[] encoded = Der.of(4, content).encoded();

        byte[] head = HexFormat.of().parseHex("04" + length);
        assertThat(encoded).hasSize(head.length + size).startsWith(head);
        assertThat(Der.read(encoded)).singleElement().satisfies(read -> {
            assertThat(read.tag()).isEqualTo(4);
            assertThat(read.encoded()).isEqualTo(encoded);
        });
    }

    @Test
    void read_severalElements_areInTheirOrder() {
        byte[] encoded = HexFormat.of().parseHex("020107" + "3003020105");

        List<Der> elements = Der.read(encoded);

        assertThat(elements).hasSize(2);
        assertThat(elements.get(0).number()).isEqualTo(BigInteger.valueOf(7));
        assertThat(elements.get(1).parts().get(0).number()).isEqualTo(BigInteger.valueOf(5));
        assertThat(Der.read(new byte[0])).isEmpty();
    }

    @Test
    void number_ofAnotherTagOrWithoutBytes_isRefused() {
        for (String encoded : List.of("0200", "040107")) {
            Der der = Der.read(HexFormat.of().parseHex(encoded)).get(0);
            assertThatIllegalArgumentException().isThrownBy(der::number).withMessage("DER without a number");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"02", "0202", "020207", "0281", "028180", "02820100", "0283010000", "3003020205"})
    void read_cutOff_isRefused(String encoded) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Der.read(HexFormat.of().parseHex(encoded)).forEach(Der::parts))
                .withMessage("DER that is cut off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0280", "028400000001", "02ff"})
    void read_lengthWithoutAnEndOrOfFourBytes_isRefused(String encoded) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Der.read(HexFormat.of().parseHex(encoded + "07")))
                .withMessage("DER with an impossible length");
    }

    @Test
    void toString_showsNothingOfTheContent() {
        assertThat(Der.of(4, (byte) 42, (byte) 43)).hasToString("Der[4, 2 bytes]");
    }
}
