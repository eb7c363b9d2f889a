package dev.gateline.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.http.CollectedExchange;
import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeadersTest {
    /** A call without a peer, as that of a transport inside the process. */
    private static final ServerCall<String, String> CALL = new ServerCall<>() {
        @Override
        public void request(int messages) {}

        @Override
        public void sendHeaders(Metadata headers) {}

        @Override
        public void sendMessage(String message) {}

        @Override
        public void close(Status status, Metadata trailers) {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public MethodDescriptor<String, String> getMethodDescriptor() {
            return Gates.method("open/who", MethodType.UNARY);
        }
    };

    private static Metadata sent(String... lines) {
        byte[][] raw = new byte[lines.length][];
        for (int i = 0; i < lines.length; i++) {
            raw[i] = lines[i].getBytes(StandardCharsets.ISO_8859_1);
        }
        return InternalMetadata.newMetadata(raw);
    }

    @Test
    void copy_namesThatGrpcDoesNotTake_areLeftOut() {
        CollectedExchange copy = Headers.copy(
                        CALL,
                        sent(
                                "x~y",
                                "1",
                                ":path",
                                "/",
                                "Authorization",
                                "Bearer x",
                                "trace-bin",
                                "AAAA",
                                "a",
                                "1",
                                "a",
                                "2"))
                .build();

        assertThat(copy.headers("x~y")).isEmpty();
        assertThat(copy.headers("trace-bin")).isEmpty();
        assertThat(copy.headers("a")).containsExactly("1", "2");
        assertThat(copy.method()).isEqualTo("POST");
        assertThat(copy.path()).isEqualTo("/open/who");
        assertThat(copy.remoteAddress()).isEmpty();
    }
}
