package dev.gateline.classpath;

import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.JwtVerifier;
import dev.gateline.jwt.KeyRing;
import dev.gateline.jwt.KeySet;
import dev.gateline.near.NearStorage;
import dev.gateline.redis.RedisStorage;
import dev.gateline.session.AttributeKey;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.util.List;
import java.util.concurrent.Callable;

/** A host of Gateline as one program, for the class path of a host. It needs nothing else. */
final class Host {
    static final String DONE = "done";
    private static final String ISSUER = "https://park.example";
    private static final String AUDIENCE = "park-api";

    private Host() {}

    /** Something that is kept with a session, of all that JSON has. */
    record Ticket(String ride, int seats, List<String> guests) {}

    /**
     * Prints one line: {@link #DONE}, or what went wrong.
     *
     * @param args the address of a Redis server
     */
    public static void main(String[] args) {
        System.out.println(said(() -> {
            withTokens(Storage.inMemory(1_000));
            withSessions(Storage.inMemory(1_000));
            overRedis(args[0]);
            return DONE;
        }));
        System.exit(0);
    }

    /** A mistake on a class path is often an Error. */
    @SuppressWarnings("CatchAndPrintStackTrace")
    private static String said(Callable<String> program) {
        try {
            return program.call();
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private static void overRedis(String address) {
        try (RedisStorage redis = RedisStorage.builder(address).build();
                NearStorage near = NearStorage.over(redis)) {
            withTokens(redis);
            withTokens(near);
            withSessions(near);
        }
    }

    private static void withTokens(Storage storage) {
        for (Algorithm algorithm : List.of(Algorithm.HS256, Algorithm.ES256, Algorithm.EdDSA)) {
            KeyRing keys = KeyRing.generate(algorithm);
            try (Authenticator gate = JwtAuthenticator.builder(storage, keys)
                    .issuer(ISSUER)
                    .audience(AUDIENCE)
                    .build()) {
                Grant grant = logIn(gate);
                if (algorithm != Algorithm.HS256) {
                    readElsewhere(grant.access(), keys.jwks());
                }
                goOnAndLeave(gate, grant);
            }
        }
    }

    private static void readElsewhere(Credential token, String jwks) {
        JwtVerifier elsewhere = JwtVerifier.builder(KeySet.parse(jwks))
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .tokensLiveUntilTheyExpire()
                .build();
        check(elsewhere.authenticate(token), "elsewhere");
    }

    private static void withSessions(Storage storage) {
        try (SessionAuthenticator gate = SessionAuthenticator.builder(storage).build()) {
            Grant grant = logIn(gate);
            AttributeKey<Ticket> key = AttributeKey.of("ticket", Ticket.class);
            Ticket ticket = new Ticket("carousel", 2, List.of("ada", "grace"));
            check(gate.data(grant.loginId()).put(key, ticket), "kept");
            boolean same =
                    gate.data(grant.loginId()).find(key).filter(ticket::equals).isPresent();
            check(same, "read again");
            goOnAndLeave(gate, grant);
        }
    }

    private static Grant logIn(Authenticator gate) {
        Grant grant = gate.login(Login.builder("ada")
                .methods("pwd")
                .claim("roles", List.of("keeper"))
                .build());
        Outcome<Identity> known = gate.authenticate(grant.access());
        check(known, "known");
        check(known.map(Identity::subject).equals(Outcome.accepted("ada")), "known as ada");
        return grant;
    }

    private static void goOnAndLeave(Authenticator gate, Grant grant) {
        Outcome<Grant> renewed = gate.renew(grant.renewal());
        check(renewed, "renewed");
        Credential access = renewed.map(Grant::access).toOptional().orElseThrow();
        check(gate.authenticate(access), "known after renewal");
        check(gate.logout(access), "logged out");
        check(gate.authenticate(access).toOptional().isEmpty(), "unknown after logout");
    }

    private static void check(Outcome<?> outcome, String what) {
        if (outcome.toOptional().isEmpty()) {
            throw new IllegalStateException("not " + what + ": " + outcome);
        }
    }

    private static void check(boolean ok, String what) {
        if (!ok) {
            throw new IllegalStateException("not " + what);
        }
    }
}
