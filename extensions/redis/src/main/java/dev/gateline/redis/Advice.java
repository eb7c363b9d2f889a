package dev.gateline.redis;

import java.net.ConnectException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Advice on what to change if Redis refuses a command or can't be reached. Advice knows a refusal by its beginning. It
 * never quotes the rest, because the rest may repeat the arguments. Thread-safe.
 */
final class Advice {
    private static final String CREDENTIALS = "the user and the password of the uri must be those of the server";
    private static final String RIGHTS = "the user of the uri lacks a right that the Javadoc of RedisStorage lists";
    private static final String COMMANDS =
            "a command that the Javadoc of RedisStorage lists is renamed or switched off on this server";
    private static final String DATABASE = "the uri names a database that this server does not have";
    private static final String CLUSTER = "the server is part of a Redis Cluster: wire it with RedisStorage.cluster";

    private static final Map<String, String> BY_BEGIN = new LinkedHashMap<>();

    static {
        BY_BEGIN.put("MOVED", CLUSTER);
        BY_BEGIN.put("ASK ", CLUSTER);
        BY_BEGIN.put("CROSSSLOT", CLUSTER);
        BY_BEGIN.put("ERR SELECT is not allowed in cluster mode", CLUSTER);
        BY_BEGIN.put(
                "ERR This instance has cluster support disabled",
                "the server is no cluster: wire it with RedisStorage.builder");
        BY_BEGIN.put("CLUSTERDOWN", "some slots of the cluster have no server, or most of its servers are down");
        BY_BEGIN.put("NOAUTH", CREDENTIALS);
        BY_BEGIN.put("WRONGPASS", CREDENTIALS);
        BY_BEGIN.put("ERR invalid password", CREDENTIALS);
        BY_BEGIN.put("ERR AUTH", CREDENTIALS);
        BY_BEGIN.put("ERR Client sent AUTH", CREDENTIALS);
        BY_BEGIN.put("NOPERM", RIGHTS);
        BY_BEGIN.put("The user executing the script", RIGHTS);
        BY_BEGIN.put("ERR The user executing the script", RIGHTS);
        BY_BEGIN.put("ERR ACL failure in script", RIGHTS);
        BY_BEGIN.put("ERR unknown command", COMMANDS);
        BY_BEGIN.put("ERR Unknown Redis command called from", COMMANDS);
        BY_BEGIN.put("Unknown Redis command called from", COMMANDS);
        BY_BEGIN.put("ERR DB index is out of range", DATABASE);
        BY_BEGIN.put("ERR invalid DB index", DATABASE);
        BY_BEGIN.put("ERR max number of clients", "raise maxclients of the server, or run fewer nodes");
        BY_BEGIN.put("READONLY", "the server is a replica; if that lasts, the uri must lead to the primary");
        BY_BEGIN.put("NOREPLICAS", "the primary lacks the replicas that its min-replicas-to-write asks for");
        BY_BEGIN.put("MASTERDOWN", "the server is a replica that has lost its primary");
        BY_BEGIN.put("MISCONF", "the server can't save to its disk");
        BY_BEGIN.put("LOADING", "the server is still loading its data");
        BY_BEGIN.put("TRYAGAIN", "a slot of the cluster is being moved");
        BY_BEGIN.put("BUSY", "a script of another client keeps the server busy");
        BY_BEGIN.put("DENIED", "the server is in protected mode: give it a password or a bind address");
        BY_BEGIN.put("WRONGTYPE", "another program uses keys with this prefix: choose another keyPrefix");
    }

    private Advice() {}

    /** The advice for a refusal, with a colon before it; empty if the refusal is not known. */
    static String onRefusal(String text) {
        return BY_BEGIN.entrySet().stream()
                .filter(known -> text.startsWith(known.getKey()))
                .findFirst()
                .map(known -> ": " + known.getValue())
                .orElse("");
    }

    /** The message for a connection that could not be opened, for a reason other than a refusal. */
    static String onNoConnection(Throwable failure) {
        Throwable root = root(failure);
        String reason = root.getClass().getName() + ": " + root.getMessage();
        return "Redis could not be connected to: " + reason + (root instanceof ConnectException ? "" : ofTheUri());
    }

    /** The message for a connection that was not open in time. */
    static String onSilence(String within) {
        return "Redis could not be connected to within " + within + ofTheUri();
    }

    private static String ofTheUri() {
        return ": host, port and scheme of the uri must fit; rediss:// is for a port that takes TLS, redis:// for"
                + " one that does not";
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root;
    }
}
