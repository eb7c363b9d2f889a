package dev.gateline.redis;

/** The publication of a change on the stream, as a part of scripts. */
final class Publication {

    /**
     * Functions in Lua: {@code publish(stream, change)}, which keeps changes for ten minutes by the server's clock, and
     * those of {@link ServerMark}. The name of the field tells two histories apart in which an entry has the same id
     * and the same change.
     */
    static final String LUA = ServerMark.LUA + """
            local function publish(stream, change)
              local oldest = redis.call('TIME')[1] * 1000 - 600000
              redis.call('XADD', stream, 'MINID', '~', oldest, '*', string.sub(history(), 1, 8), change)
              redis.call('PEXPIRE', stream, 86400000)
            end
            """;

    private Publication() {}
}
