package dev.gateline.redis;

/**
 * The identity of the server that answers: its run, which changes at each start, and its history, which changes
 * whenever it becomes a primary. Two answers with the same mark come from one stream of changes.
 */
final class ServerMark {

    /** The function {@code server()} in Lua. */
    static final String LUA = """
            local function server()
              local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
              local history = string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)')
              return run .. ' ' .. history
            end
            """;

    /** Key: stream. Answers the mark of the server. */
    static final Script<String> ASK = Script.text(Opening.STREAM, LUA, "return server()");

    private ServerMark() {}
}
