package dev.gateline.examples.parkgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ServerTest {
    private static final int MANY = 64;

    private final ParkGate gate = ParkGate.start("both", 0);

    @AfterEach
    void close() {
        gate.close();
    }

    @Test
    void halfSentPosts_many_stopNobodyAndAreCutOff() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                sockets.add(halfSent());
            }
            assertThat(Visitor.program(gate).get("/healthz").statusCode()).isEqualTo(200);
            for (Socket socket : sockets) {
                socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
                assertThat(socket.getInputStream().readAllBytes()).isEmpty();
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private Socket halfSent() throws IOException {
        int port = gate.url().getPort();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        String half = "POST /login HTTP/1.1\r\nHost: localhost\r\nOrigin: " + gate.url()
                + "\r\nContent-Length: 100\r\n\r\nuser=";
        socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
