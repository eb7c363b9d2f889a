package dev.gateline.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.applications.Load.Answer;
import dev.gateline.applications.Load.Measured;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static boolean isWhole(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return Answer.isWhole(bytes, bytes.length);
    }

    @Test
    void answer_untilItsLastByte_isNotWhole() {
        String answer = "HTTP/1.1 200 \r\nA: b\r\nContent-Length: 12\r\n\r\nhello nobody";

        for (int i = 0; i < answer.length(); i++) {
            assertThat(isWhole(answer.substring(0, i))).isFalse();
        }
        assertThat(isWhole(answer)).isTrue();
    }

    @Test
    void answer_thatIsARefusal_isNoAnswer() {
        assertThatThrownBy(() -> isWhole("HTTP/1.1 401 \r\nContent-Length: 0\r\n\r\n"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("401");
    }

    @Test
    void quantiles_ofAHundredTimes_areTheFiftiethAndTheLastButOne() {
        List<Long> times = LongStream.rangeClosed(1, 100)
                .map(milliseconds -> milliseconds * 1_000_000)
                .boxed()
                .toList();
        Measured measured = new Measured(Duration.ofSeconds(2), times, Duration.ZERO);

        assertThat(measured.perSecond()).isEqualTo(50);
        assertThat(measured.quantile(0.5)).isEqualTo(50);
        assertThat(measured.quantile(0.99)).isEqualTo(99);
    }
}
