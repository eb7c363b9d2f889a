package dev.gateline.redis;

import dev.gateline.spi.Revocation;
import dev.gateline.spi.Revocation.Grain;
import dev.gateline.spi.RevocationStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Revocations: of each grain a sorted set by end, of subjects their epochs beside it, and the highest epoch ever given, which alone
 * lives for ever. All are in one place of a cluster. Each call is one round trip, but for {@link #forEachLive}: one for a
 * thousand. Thread-safe.
 */
final class RedisRevocationStore implements RevocationStore {
    private static final int PAGE = 1000;

    /** Keys: set; of subjects also epochs, highest epoch. Answers the epoch. The dead go a few at a time. */
    private static final Script<Long> REVOKE = Script.number("""
            local MINUTES = 300000
            local key, till, now, epoch, raise = unpack(ARGV)
            local function atLeast(number, name, field)
              if number > tonumber(redis.call('HGET', name, field) or 0) then
                redis.call('HSET', name, field, string.format('%.0f', number))
              end
            end
            redis.call('ZADD', KEYS[1], 'GT', till, key)
            if KEYS[2] then
              local highest = tonumber(redis.call('GET', KEYS[3]) or 0)
              local time = redis.call('TIME')
              epoch = raise == '' and tonumber(epoch) or math.max(highest + 1, epoch + 1, time[1] * 1000000 + time[2])
              redis.call('SET', KEYS[3], string.format('%.0f', math.max(highest, epoch)))
              atLeast(epoch, KEYS[2], key)
            end
            for _, dead in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - MINUTES * 1000, 'LIMIT', 0, 4)) do
              redis.call('ZREM', KEYS[1], dead)
              if KEYS[2] then redis.call('HDEL', KEYS[2], dead) end
            end
            local lives = math.ceil(math.max(0, till - now) / 1000) + MINUTES
            for i = 1, math.min(2, #KEYS) do
              if redis.call('PTTL', KEYS[i]) < lives then redis.call('PEXPIRE', KEYS[i], lives) end
            end
            return tonumber(epoch)
            """);

    /** Keys: tokens, logins, epochs. Arguments: token, login, groups. Answers the groups' epoch, or -1 if token or login have ended. */
    private static final Script<Long> LOOK = Script.number("""
            redis.call('ZREM', KEYS[1], '')
            if redis.call('ZSCORE', KEYS[1], ARGV[1]) or redis.call('ZSCORE', KEYS[2], ARGV[2]) then return -1 end
            local epoch = 0
            for _, group in ipairs(redis.call('HMGET', KEYS[3], ARGV[3], ARGV[4], ARGV[5])) do
              epoch = math.max(epoch, tonumber(group or 0))
            end
            return epoch
            """);

    /**
     * Keys: set; of subjects also epochs. Answers key, end and epoch of those after the last one of the page before. Entries move
     * only towards the end, so that none is skipped; if the last one has moved, all that end when it did come again.
     */
    private static final Script<List<?>> PAGE_AFTER = Script.list("""
            local till, last, size = unpack(ARGV)
            redis.call('ZREM', KEYS[1], '')
            local start
            if last == '' then
              start = redis.call('ZCOUNT', KEYS[1], '-inf', till)
            elseif tonumber(redis.call('ZSCORE', KEYS[1], last)) == tonumber(till) then
              start = redis.call('ZRANK', KEYS[1], last) + 1
            else
              start = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. till)
            end
            local page = redis.call('ZRANGE', KEYS[1], start, start + size - 1, 'WITHSCORES')
            local found = {}
            for i = 1, #page, 2 do
              local epoch = KEYS[2] and redis.call('HGET', KEYS[2], page[i]) or '0'
              table.insert(found, {page[i], page[i + 1], epoch})
            end
            return found
            """);

    /** Keys: epochs, highest epoch. Answers that; it begins at the server's clock. */
    private static final Script<Long> EPOCH = Script.number("""
            redis.call('HDEL', KEYS[1], '')
            local time = redis.call('TIME')
            redis.call('SET', KEYS[2], string.format('%.0f', time[1] * 1000000 + time[2]), 'NX')
            return tonumber(redis.call('GET', KEYS[2]))
            """);

    private static final byte[] NO = {};
    private static final byte[] YES = {'1'};

    private final Link link;
    private final Keys keys;

    RedisRevocationStore(Link link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    @Override
    public void revoke(Revocation revocation, Instant now) {
        write(revocation, now, NO);
    }

    @Override
    public long raiseEpoch(String group, long above, Instant now, Instant until) {
        return write(Revocation.ofGroup(group, above, until), now, YES);
    }

    private long write(Revocation it, Instant now, byte[] raise) {
        Long epoch = link.run(
                REVOKE,
                it.grain() == Grain.GROUP
                        ? List.of(set(Grain.GROUP), epochs(), highestEpoch())
                        : List.of(set(it.grain())),
                Wire.bytes(it.key()),
                Wire.bytes(it.until()),
                Wire.bytes(now),
                Wire.bytes(it.epoch()),
                raise);
        return epoch;
    }

    private byte[] set(Grain grain) {
        return keys.revocations(grain.name().toLowerCase(Locale.ROOT));
    }

    private byte[] epochs() {
        return keys.revocations("epochs");
    }

    private byte[] highestEpoch() {
        return keys.revocations("epoch");
    }

    @Override
    public long epoch() {
        return link.run(EPOCH, List.of(epochs(), highestEpoch()));
    }

    @Override
    public boolean isRevoked(Revocable it) {
        Long epoch = link.run(
                LOOK,
                List.of(set(Grain.TOKEN), set(Grain.LOGIN), epochs()),
                Wire.bytes(it.tokenId()),
                Wire.bytes(it.loginId()),
                Wire.bytes(it.subjectKey()),
                Wire.bytes(it.realm()),
                Wire.bytes(ALL_REALMS));
        return epoch < 0 || it.epoch() < epoch;
    }

    @Override
    public void forEachLive(Instant now, Consumer<Revocation> action) {
        for (Grain grain : Grain.values()) {
            forEachLive(grain, now, action);
        }
    }

    private void forEachLive(Grain grain, Instant now, Consumer<Revocation> action) {
        List<byte[]> names = grain == Grain.GROUP ? List.of(set(grain), epochs()) : List.of(set(grain));
        byte[] until = Wire.bytes(now);
        byte[] last = NO;
        List<?> page;
        do {
            page = link.run(PAGE_AFTER, names, until, last, Wire.bytes(PAGE));
            for (Object entry : page) {
                List<?> parts = Wire.list(entry);
                last = (byte[]) parts.get(0);
                until = (byte[]) parts.get(1);
                action.accept(revocation(grain, parts));
            }
        } while (page.size() == PAGE);
    }

    private static Revocation revocation(Grain grain, List<?> parts) {
        // some versions of Redis write a score of this size with an exponent
        long until = new BigDecimal(Wire.text(parts.get(1))).longValueExact();
        return new Revocation(grain, Wire.text(parts.get(0)), Wire.number(parts.get(2)), Wire.instant(until));
    }
}
