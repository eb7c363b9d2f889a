package dev.gateline.spring;

/** When the tables that are missing are created at the start of an application. */
public enum TableCreation {
    /** Only in a database in memory. */
    EMBEDDED,
    /** In any database: the user of the connection needs the right to do so. */
    ALWAYS,
    /** A migration tool does it. */
    NEVER
}
