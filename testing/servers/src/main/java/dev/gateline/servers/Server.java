package dev.gateline.servers;

/** A server, and what may happen to it. */
public interface Server extends AutoCloseable {

    /** Where it listens on this machine. */
    int port();

    /** Starts it again, with what it has kept, and returns when it answers. */
    void start();

    /** Ends it as {@code kill -9} does. */
    void kill();

    /** Ends it as an operator does. */
    void stop();

    /** It answers nothing any more, and keeps its connections. */
    void freeze();

    /** It goes on. */
    void thaw();

    /** Ends it and deletes what it had. */
    @Override
    void close();
}
