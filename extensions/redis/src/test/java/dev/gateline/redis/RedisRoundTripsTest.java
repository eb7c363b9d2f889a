package dev.gateline.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.servers.Wire;
import dev.gateline.store.SharedStorage;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The round trips of each call, once the server knows the scripts. */
class RedisRoundTripsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @ParameterizedTest
    @EnumSource
    void calls_toTheStores_areOneRoundTripEach(Version version) {
        try (Wire wire = new Wire(RedisServer.shared(version).port());
                Connector connector = Connector.toPrimary(RedisURI.create(uri(wire)), TIMEOUT);
                Link link = new Link(connector, TIMEOUT, connection -> {})) {
            calls(link).values().forEach(Runnable::run);

            assertThat(questions(wire, calls(link)))
                    .allSatisfy((call, questions) -> assertThat(questions).isEqualTo(1));
        }
    }

    private static Map<String, Runnable> calls(Link link) {
        KeyNames keys = new KeyNames(TestStorage.freshPrefix());
        RedisChangeFeed feed = new RedisChangeFeed(link, link, keys, new StoresCheck(keys.feed()), true);
        SharedStorage storage = RedisStorage.joined(Endings.ofThePrimary(link), keys, feed, false);
        return Served.calls(storage.logins(), storage.revocations(), feed, new RedisKeyRingStore(link, keys, "ring"));
    }

    /** A key ring is in another slot of a cluster than the feed. */
    @ParameterizedTest
    @EnumSource
    void calls_toTheStorage_areOneMoreForAKeyRingAlone(Version version) {
        try (Wire wire = new Wire(RedisServer.shared(version).port());
                RedisStorage first = storage(wire);
                RedisStorage storage = storage(wire)) {
            Served.calls(first).values().forEach(Runnable::run);
            storage.keyRing("other").load();
            // its first connection is greeted behind the first call
            storage.keyRing("other").load();

            assertThat(questions(wire, Served.calls(storage)))
                    .allSatisfy((call, questions) ->
                            assertThat(questions).isEqualTo(call.equals("keyRing.replace") ? 2 : 1));
        }
    }

    private static Map<String, Integer> questions(Wire wire, Map<String, Runnable> calls) {
        Map<String, Integer> questions = new TreeMap<>();
        calls.forEach((name, call) -> {
            int before = wire.questions();
            call.run();
            questions.put(name, wire.questions() - before);
        });
        return questions;
    }

    private static RedisStorage storage(Wire wire) {
        return RedisStorage.builder(uri(wire))
                .keyPrefix(TestStorage.freshPrefix())
                .build();
    }

    private static String uri(Wire wire) {
        return "redis://127.0.0.1:" + wire.port();
    }
}
