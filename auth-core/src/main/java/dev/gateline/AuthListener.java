package dev.gateline;

/**
 * Gets every {@link AuthEvent}, on the thread that causes it. It should be quick and hand slow work to another thread.
 * It must be thread-safe. Its exceptions are logged and change nothing.
 */
@FunctionalInterface
public interface AuthListener {

    /**
     * Receives an event.
     *
     * @param event the event, which contains no secret
     */
    void on(AuthEvent event);

    /** A listener that ignores all events. */
    static AuthListener none() {
        return event -> {};
    }

    /**
     * Wraps this listener so that its exceptions don't reach the code that reports the event.
     *
     * @return a listener that throws nothing, not even an {@link Error}, because the reported step has already happened
     */
    default AuthListener shielded() {
        return event -> {
            try {
                on(event);
            } catch (Throwable e) {
                System.getLogger(AuthListener.class.getName())
                        .log(System.Logger.Level.WARNING, "an AuthListener failed", e);
            }
        };
    }
}
