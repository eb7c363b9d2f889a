package dev.gateline.store;

/** What became of a write to a store. A store that can't tell throws instead. */
public enum Written {
    /** It is durable. */
    DONE,
    /** Somebody else wrote in between; read again. Nothing was changed. */
    STALE,
    /** There is no such row (any more). Nothing was changed, and above all: nothing was created. */
    GONE
}
