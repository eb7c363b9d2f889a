package dev.gateline.spring;

/** Where logins are kept. */
public enum StoreKind {
    /** In this process: for one node, for development and for tests. */
    MEMORY,
    /** In Redis, which the nodes share; needs the artifact auth-redis. */
    REDIS,
    /** In the database of the application, which the nodes share. */
    JDBC
}
