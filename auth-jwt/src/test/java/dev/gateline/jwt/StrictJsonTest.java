package dev.gateline.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Claims;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StrictJsonTest {

    private static Optional<Claims> read(byte[] json) {
        return StrictJson.read(json)
                .filter(members -> !members.containsValue(null))
                .filter(members -> members.keySet().stream().allMatch(name -> name.equals(name.strip())))
                .map(Claims::of);
    }

    @Test
    void write_anyClaims_areReadBackEqual() {
        RandomJson json = new RandomJson(new Random(20_261_124));
        int compared = 0;
        for (int i = 0; i < 5_000; i++) {
            Optional<Claims> claims = read(json.object(Map.of(), 9).getBytes(UTF_8));
            if (claims.isPresent()) {
                compared++;
                byte[] written = StrictJson.write(claims.get().asMap());
                assertThat(read(written)).as(new String(written, UTF_8)).isEqualTo(claims);
            }
        }
        assertThat(compared).isGreaterThan(1_000);
    }

    @Test
    void write_claimsAtEachBound_areReadBackEqual() {
        List<Map<String, Object>> bounds = List.of(
                Map.of("n".repeat(255), Map.of("m".repeat(255), 1)),
                Map.of("x", new BigDecimal("1e400"), "y", new BigDecimal("1e-400")),
                Map.of("x", new BigDecimal("9".repeat(34) + "e-17"), "y", Long.MIN_VALUE),
                Map.of("x", new BigDecimal("-" + "9".repeat(34) + "e366")),
                Map.of("x", IntStream.range(0, 255).boxed().toList()),
                Map.of("x", List.of(List.of(List.of(List.of(List.of(List.of("depth 8"))))))),
                Map.of("x", "x".repeat(8_000)));
        for (Map<String, Object> values : bounds) {
            Claims claims = Claims.of(values);
            assertThat(read(StrictJson.write(claims.asMap()))).contains(claims);
        }
    }
}
