package dev.gateline.redis;

import dev.gateline.spi.KeyRingStore;
import dev.gateline.spi.Written;
import io.lettuce.core.KeyValue;
import java.util.List;
import java.util.Optional;

/** The document of a key ring, a hash that lives for ever. Each call is one round trip. Thread-safe. */
final class RedisKeyRing implements KeyRingStore {
    private static final byte[][] PARTS = {Wire.bytes("version"), Wire.bytes("text")};

    private static final Script<Long> REPLACE = Script.number("""
            if (redis.call('HGET', KEYS[1], 'version') or '0') ~= ARGV[1] then return 0 end
            redis.call('HSET', KEYS[1], 'version', ARGV[2], 'text', ARGV[3])
            return 1
            """);

    private final Link link;
    private final byte[] key;

    RedisKeyRing(Link link, Keys keys) {
        this.link = link;
        this.key = keys.keyRing();
    }

    @Override
    public Optional<Document> load() {
        List<KeyValue<byte[], byte[]>> parts = link.ask(commands -> commands.hmget(key, PARTS));
        return parts.get(0).hasValue()
                ? Optional.of(new Document(
                        Wire.number(parts.get(0).getValue()),
                        Wire.text(parts.get(1).getValue())))
                : Optional.empty();
    }

    @Override
    public Written replace(Document next) {
        Long answer = link.run(
                REPLACE,
                List.of(key),
                Wire.bytes(next.version() - 1),
                Wire.bytes(next.version()),
                Wire.bytes(next.text()));
        return answer == 1 ? Written.DONE : Written.STALE;
    }
}
