package dev.gateline.redis;

/**
 * The identity of the server that answers: its run, which changes at each start, and its history, which changes
 * whenever it becomes a primary. Two answers with the same mark come from one stream of changes.
 */
final class ServerMark {

    /** Functions in Lua: {@code server()}, and {@code history()}, which is a part of it. */
    static final String LUA = """
            local known
            local function history()
              known = known or string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)')
              return known
            end
            local function server()
              return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') .. ' ' .. history()
            end
            """;

    /** Key: stream. Answers the mark of the server. */
    static final Script<String> ASK = Script.text(Opening.STREAM, LUA, "return server()");

    private ServerMark() {}
}
