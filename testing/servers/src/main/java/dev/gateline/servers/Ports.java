package dev.gateline.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody uses. They lie below the ports that the operating system gives to connections. So no connection
 * takes the port of a server while a test has stopped it, and two builds on one machine rarely choose the same.
 */
public final class Ports {
    private static final int LOWEST = 10_000;

    /** The bus of a Redis cluster uses the port 10,000 above, and connections begin at 32,768. */
    private static final int HIGHEST = 22_000;

    private Ports() {}

    /** A port that was free a moment ago. */
    public static int free() {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port) && isFree(port + 10_000)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
