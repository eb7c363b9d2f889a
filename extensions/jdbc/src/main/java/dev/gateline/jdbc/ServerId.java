package dev.gateline.jdbc;

/**
 * Tells a database server from every other server that could answer in its place. On PostgreSQL each run of a server
 * has an id of its own. On MariaDB and MySQL the id is that of the server, on H2 that of the database.
 *
 * @param text the answer of the server to the question of {@link Dialect}; of any length, not empty, not secret
 */
record ServerId(String text) {}
