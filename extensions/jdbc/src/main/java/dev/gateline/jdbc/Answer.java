package dev.gateline.jdbc;

/**
 * The answer of a server that takes writes.
 *
 * @param server the server that answered
 * @param value the content of the answer
 */
record Answer<T>(ServerId server, T value) {}
