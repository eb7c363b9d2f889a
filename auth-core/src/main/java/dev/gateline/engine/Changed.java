package dev.gateline.engine;

import dev.gateline.store.LoginRow;

/** A change of a login: the row to write, and the result that the caller has made of it. */
record Changed<T>(LoginRow row, T result) {}
