package dev.gateline.applications;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CandidateTest {
    @Test
    void commands_ofAnAnswerOfRedis_areCalls() {
        String info = """
                $254
                # Commandstats
                cmdstat_info:calls=7,usec=2,usec_per_call=2.00,rejected_calls=0,failed_calls=0
                cmdstat_client|setinfo:calls=2,usec=2,usec_per_call=2.00,rejected_calls=0,failed_calls=0
                cmdstat_get:calls=24,usec=102,usec_per_call=4.25,rejected_calls=1,failed_calls=3
                """.replace("\n", "\r\n");

        assertThat(Candidate.commands(info)).isEqualTo(Map.of("get", 24L, "client|setinfo", 2L));
    }
}
