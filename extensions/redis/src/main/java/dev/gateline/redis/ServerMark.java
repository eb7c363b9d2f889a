package dev.gateline.redis;

/**
 * Which server answers: its run, which is another whenever it is started, and its history, which is another whenever it
 * becomes a primary. Two answers with one mark come from one stream of changes.
 */
final class ServerMark {

    /** In Lua: {@code server()}. */
    static final String LUA = """
            local function server()
              local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
              local history = string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)')
              return run .. ' ' .. history
            end
            """;

    /** Key: stream. Answers the mark. */
    static final Script<String> ASK = Script.text(Opening.STREAM, LUA, "return server()");

    private ServerMark() {}
}
