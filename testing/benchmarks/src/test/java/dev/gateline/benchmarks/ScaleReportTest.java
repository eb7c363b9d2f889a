package dev.gateline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleReportTest {
    private static final Path DOCS = Path.of("../../docs");

    @Test
    void page_always_isWhatTheFiguresSay() throws IOException {
        String page = Files.readString(DOCS.resolve("scale.md"));

        assertThat(ScaleReport.page(Results.read(DOCS.resolve("scale/results.json")), page))
                .isEqualTo(page);
    }

    @ParameterizedTest
    @CsvSource({
        "NaN,''",
        "-1,''",
        "0,0",
        "0.01234,0.012",
        "1.234,1.23",
        "12.34,12.3",
        "99.96,100",
        "1234567,'1,230,000'"
    })
    void number_always_hasThreeDigits(double value, String written) {
        assertThat(ScaleReport.number(value)).isEqualTo(written);
    }
}
