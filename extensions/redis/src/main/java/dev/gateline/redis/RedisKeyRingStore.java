package dev.gateline.redis;

import dev.gateline.store.KeyRingStore;
import dev.gateline.store.Written;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The document of a key ring is a hash that lives for ever. Its {@code version} is the tag. Each call is one round
 * trip. Thread-safe.
 */
final class RedisKeyRingStore implements KeyRingStore {

    /** Key: ring. Answers tag and text, or nothing. */
    private static final Script<List<?>> LOAD = Script.list(Opening.HASH, """
            local ring = redis.call('HMGET', KEYS[1], 'version', 'text')
            return ring[1] and ring or {}
            """);

    /** Key: ring. Answers 1, or 0 if it has another tag. */
    private static final Script<Long> REPLACE = Script.number(Opening.HASH, """
            if (redis.call('HGET', KEYS[1], 'version') or '0') ~= ARGV[1] then return 0 end
            redis.call('HSET', KEYS[1], 'version', ARGV[2], 'text', ARGV[3])
            return 1
            """);

    /** Key: ring. Answers the seconds since 1970 and the microseconds of the next. */
    private static final Script<List<?>> TIME = Script.list(Opening.HASH, "return redis.call('TIME')");

    private final Link link;
    private final byte[] key;

    RedisKeyRingStore(Link link, KeyNames keys, String name) {
        this.link = link;
        this.key = keys.keyRing(name);
    }

    @Override
    public Optional<Document> load() {
        List<?> ring = link.run(LOAD, List.of(key));
        return ring.isEmpty()
                ? Optional.empty()
                : Optional.of(new Document(Wire.number(ring.get(0)), Wire.text(ring.get(1))));
    }

    @Override
    public Instant now(Instant here) {
        List<?> time = link.run(TIME, List.of(key));
        return Instant.ofEpochSecond(Wire.number(time.get(0)), Wire.number(time.get(1)) * 1_000);
    }

    @Override
    public Written replace(Document next, long tag) {
        Long answer = link.run(REPLACE, List.of(key), Wire.bytes(tag), Wire.bytes(next.tag()), Wire.bytes(next.text()));
        return answer == 1 ? Written.DONE : Written.STALE;
    }
}
