package dev.gateline.nodes;

import dev.gateline.servers.Await;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.servers.Server;
import dev.gateline.servers.Wire;
import java.util.List;

/** A Redis primary, and a replica at the end of a cable, which can take its place. Not thread-safe. */
final class RedisPair implements Server {
    private static final List<String> SETTINGS = List.of(
            "--appendonly",
            "yes",
            "--appendfsync",
            "no",
            "--repl-diskless-sync-delay",
            "0",
            "--repl-ping-replica-period",
            "1",
            "--min-replicas-max-lag",
            "1");

    private final boolean fenced;
    private RedisServer primary = RedisServer.start(Version.V7, SETTINGS);
    private RedisServer replica = RedisServer.start(Version.V7, SETTINGS);
    private final Wire cable = new Wire(primary.port());

    /**
     * Starts both.
     *
     * @param fenced whether a primary that has lost its replica takes no writes
     */
    RedisPair(boolean fenced) {
        this.fenced = fenced;
        follow();
    }

    private void follow() {
        replica.ask("REPLICAOF", "127.0.0.1", "" + cable.port());
        awaitInStep();
        fence(primary, fenced ? 1 : 0);
        fence(replica, 0);
    }

    private static void fence(RedisServer server, int replicas) {
        server.ask("CONFIG", "SET", "min-replicas-to-write", "" + replicas);
    }

    /** Returns once the replica has all that was written before. */
    void awaitInStep() {
        Await.until("the replica is in step", () -> {
            String told = value(primary.ask("INFO", "replication"), "master_repl_offset:");
            String state = replica.ask("INFO", "replication");
            return value(state, "master_link_status:").equals("up")
                    && Long.parseLong(value(state, "slave_repl_offset:")) >= Long.parseLong(told);
        });
    }

    private static String value(String info, String key) {
        return info.lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).strip())
                .findFirst()
                .orElse("");
    }

    /** The primary is cut off from its replica and, if it is fenced, has noticed when this returns. */
    void isolate() {
        cable.freeze();
        if (fenced) {
            Await.until(
                    "the primary takes no writes",
                    () -> value(primary.ask("INFO", "replication"), "min_slaves_good_slaves:")
                            .equals("0"));
        }
    }

    /** The replica is a primary from now on, too. */
    void promote() {
        replica.ask("REPLICAOF", "NO", "ONE");
    }

    /** Where the replica listens. */
    int portOfReplica() {
        return replica.port();
    }

    /** The former primary is killed, if it is not yet, and comes back as the replica of the promoted one. */
    void swap() {
        primary.kill();
        RedisServer former = primary;
        primary = replica;
        replica = former;
        cable.move(primary.port());
        cable.cut();
        cable.thaw();
        cable.mend();
        replica.start();
        follow();
    }

    @Override
    public int port() {
        return primary.port();
    }

    /** Says something to the primary. */
    String ask(String... words) {
        return primary.ask(words);
    }

    @Override
    public void start() {
        primary.start();
        follow();
    }

    @Override
    public void kill() {
        primary.kill();
    }

    @Override
    public void stop() {
        primary.stop();
    }

    @Override
    public void freeze() {
        primary.freeze();
    }

    @Override
    public void thaw() {
        primary.thaw();
    }

    @Override
    public void close() {
        cable.close();
        primary.close();
        replica.close();
    }
}
