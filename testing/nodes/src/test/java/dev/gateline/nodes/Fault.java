package dev.gateline.nodes;

/**
 * Something that breaks for a while.
 *
 * @param name for the history
 * @param strike breaks it
 * @param heal mends it
 */
record Fault(String name, Runnable strike, Runnable heal) {

    /** One that needs no mending. */
    static Fault atOnce(String name, Runnable strike) {
        return new Fault(name, strike, () -> {});
    }
}
