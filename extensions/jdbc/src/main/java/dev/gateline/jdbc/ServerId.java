package dev.gateline.jdbc;

/**
 * Tells a database server from every other that could answer in its place. On PostgreSQL it tells each run of a server
 * from every other run, on MariaDB and MySQL only the server, on H2 the database.
 *
 * @param text as {@link Dialect} has the server say it; of any length, not empty, not secret
 */
record ServerId(String text) {}
