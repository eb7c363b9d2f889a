package dev.gateline.benchmarks;

import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.near.NearStorage;
import dev.gateline.redis.RedisStorage;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.servers.Wire;
import dev.gateline.session.AttributeKey;
import dev.gateline.session.SessionAuthenticator;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.data.redis.RedisIndexedSessionRepository;
import org.springframework.session.data.redis.RedisSessionRepository;

/** Counts how often sessions over Redis turn to the server, here and in Spring Session. */
public final class RoundTrips {
    private static final AttributeKey<String> CART = AttributeKey.of("cart", String.class);

    private RoundTrips() {}

    /** Prints a line for each. */
    public static void main(String[] args) {
        try (RedisServer server = RedisServer.start(Version.V7)) {
            gateline(server);
            spring("Spring Session, RedisSessionRepository", server, template -> new RedisSessionRepository(template));
            spring(
                    "Spring Session, RedisIndexedSessionRepository",
                    server,
                    template -> new RedisIndexedSessionRepository(template));
        }
        // the pools of Spring's client have threads that stay
        System.exit(0);
    }

    /** The operations on a session, in this order, and the count of each. */
    private static final class Counts {
        private final Wire wire;
        private final Map<String, Integer> counts = new LinkedHashMap<>();

        Counts(Wire wire) {
            this.wire = wire;
        }

        Counts of(String what, Runnable action) {
            int before = wire.questions();
            action.run();
            counts.put(what, wire.questions() - before);
            return this;
        }

        @Override
        public String toString() {
            return counts.toString();
        }
    }

    /**
     * The feed is heard over another connection, and is not counted: it is the same however many requests there are.
     */
    private static void gateline(RedisServer server) {
        try (Wire wire = new Wire(server.port());
                RedisStorage stores =
                        RedisStorage.builder("redis://127.0.0.1:" + wire.port()).build();
                RedisStorage listening = RedisStorage.builder(server.uri()).build();
                NearStorage near = NearStorage.over(new Split(stores, listening.feed()));
                SessionAuthenticator gate = SessionAuthenticator.builder(near).build()) {
            count(gate, new Counts(wire));
            System.out.println("Gateline: " + count(gate, new Counts(wire)));
        }
    }

    private static Counts count(SessionAuthenticator gate, Counts counts) {
        Login login = Sample.user(1);
        Grant[] last = new Grant[1];
        return counts.of("login", () -> last[0] = gate.login(login))
                .of("request", () -> gate.authenticate(last[0].access()))
                .of(
                        "renew",
                        () -> last[0] =
                                gate.renew(last[0].renewal()).toOptional().orElseThrow())
                .of("attribute", () -> gate.data(last[0].loginId()).put(CART, "one towel"))
                .of("logout", () -> gate.logout(last[0].access()));
    }

    private static void spring(
            String name, RedisServer server, Function<RedisTemplate<String, Object>, SessionRepository<?>> repository) {
        try (Wire wire = new Wire(server.port())) {
            LettuceConnectionFactory factory = new LettuceConnectionFactory("127.0.0.1", wire.port());
            factory.afterPropertiesSet();
            factory.start();
            RedisTemplate<String, Object> template = new RedisTemplate<>();
            template.setKeySerializer(RedisSerializer.string());
            template.setHashKeySerializer(RedisSerializer.string());
            template.setConnectionFactory(factory);
            template.afterPropertiesSet();
            SessionRepository<?> sessions = repository.apply(template);
            count(sessions, new Counts(wire));
            System.out.println(name + ": " + count(sessions, new Counts(wire)));
            factory.destroy();
        }
    }

    private static <S extends Session> Counts count(SessionRepository<S> sessions, Counts counts) {
        S[] last = newArray(sessions.createSession());
        return counts.of("login", () -> {
                    last[0].setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "user-1");
                    last[0].setAttribute("name", "Ada Lovelace");
                    sessions.save(last[0]);
                })
                .of("request", () -> {
                    last[0] = load(sessions, last[0]);
                    sessions.save(last[0]);
                })
                .of("renew", () -> {
                    last[0] = load(sessions, last[0]);
                    last[0].changeSessionId();
                    sessions.save(last[0]);
                })
                .of("attribute", () -> {
                    last[0] = load(sessions, last[0]);
                    last[0].setAttribute("cart", "one towel");
                    sessions.save(last[0]);
                })
                .of("logout", () -> sessions.deleteById(load(sessions, last[0]).getId()));
    }

    /** As its filter does at each request. */
    private static <S extends Session> S load(SessionRepository<S> sessions, S session) {
        S found = Objects.requireNonNull(sessions.findById(session.getId()));
        found.setLastAccessedTime(Instant.now());
        return found;
    }

    @SafeVarargs
    private static <S> S[] newArray(S... elements) {
        return elements;
    }
}
