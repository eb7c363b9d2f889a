package dev.gateline.redis;

/**
 * The clock of the server, in scripts. TTLs go by it alone. Expired rows are deleted by it or by the caller's clock,
 * whichever is behind: a node whose clock is ahead deletes nothing that is live, and one whose clock is behind only
 * deletes less.
 */
final class ServerClock {

    /** In Lua, in microseconds: {@code serverNow()}, and {@code earlier(now)} of it and of what the caller says. */
    static final String LUA = """
            local function serverNow()
              local time = redis.call('TIME')
              return time[1] * 1000000 + time[2]
            end
            local function earlier(now)
              return math.min(now, serverNow())
            end
            """;

    private ServerClock() {}
}
