package dev.gateline.store;

/** The result of a write to a store. A store that does not know the result throws instead. */
public enum Written {
    /** The write is durable. */
    DONE,
    /** Another write came in between; read again. Nothing was changed. */
    STALE,
    /** The row does not exist, or not any more. Nothing was changed, and nothing was created. */
    GONE
}
