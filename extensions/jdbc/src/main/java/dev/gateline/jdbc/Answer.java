package dev.gateline.jdbc;

/**
 * The answer of a server that takes writes.
 *
 * @param server which one it was
 * @param value what it said
 */
record Answer<T>(ServerId server, T value) {}
