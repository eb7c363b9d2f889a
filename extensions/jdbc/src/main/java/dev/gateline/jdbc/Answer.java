package dev.gateline.jdbc;

/**
 * What a server that takes writes has answered.
 *
 * @param server which one it was
 * @param value what it said
 */
record Answer<T>(ServerId server, T value) {}
