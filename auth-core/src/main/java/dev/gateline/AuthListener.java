package dev.gateline;

/**
 * Is told of every observable step, on the thread that takes it: be quick, and hand over what is slow. Must be
 * thread-safe. What it throws is logged and goes no further.
 */
@FunctionalInterface
public interface AuthListener {

    /**
     * Something happened.
     *
     * @param event carries no secret
     */
    void on(AuthEvent event);

    /** A listener that hears nothing. */
    static AuthListener none() {
        return event -> {};
    }

    /**
     * This listener with its exceptions kept away from whoever tells it.
     *
     * @return throws nothing, not even an {@link Error}: what is told has happened
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
