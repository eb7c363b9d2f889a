package dev.gateline.engine;

import dev.gateline.store.LoginRow;

/** The row as it is about to be written, and what the caller has made of it. */
record Changed<T>(LoginRow row, T result) {}
