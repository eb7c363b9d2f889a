package dev.gateline.benchmarks;

import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Login;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** A process that builds an authenticator and uses it. {@link StartUp} starts it with Gateline's own libraries only. */
final class StartUpProbe {
    private static final int REQUESTS = 10;

    private StartUpProbe() {}

    /**
     * Prints the milliseconds of {@code build()}, of the first login, of the first request and of the tenth, and the
     * number of classes that were loaded.
     *
     * @param args {@code JWT} or {@code sessions}
     */
    public static void main(String[] args) {
        long before = System.nanoTime();
        Authenticator gate = args[0].equals("JWT") ? tokens() : sessions();
        long built = System.nanoTime();
        Credential access = gate.login(Login.of("ada")).access();
        long loggedIn = System.nanoTime();
        byte[] text = access.reveal().getBytes(StandardCharsets.ISO_8859_1);
        double[] requests = new double[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            // a request brings a new text
            Credential presented = Credential.of(new String(text, StandardCharsets.ISO_8859_1));
            long begun = System.nanoTime();
            boolean accepted = gate.authenticate(presented).toOptional().isPresent();
            requests[i] = (System.nanoTime() - begun) / 1e6;
            if (!accepted) {
                throw new IllegalStateException("request " + i + " was rejected");
            }
        }
        System.out.println((built - before) / 1e6 + " " + (loggedIn - built) / 1e6 + " " + requests[0] + " "
                + requests[REQUESTS - 1] + " "
                + ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
    }

    private static Authenticator sessions() {
        return SessionAuthenticator.builder(Storage.inMemory(1_000)).build();
    }

    private static Authenticator tokens() {
        return JwtAuthenticator.builder(Storage.inMemory(1_000), KeyRing.generate(Algorithm.ES256))
                .issuer(Sample.ISSUER)
                .audience(Sample.AUDIENCE)
                .build();
    }
}
