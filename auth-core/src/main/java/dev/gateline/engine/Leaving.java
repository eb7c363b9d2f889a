package dev.gateline.engine;

import dev.gateline.EndReason;

/** Whose login ends for another, and why. */
record Leaving(String subject, EndReason reason) {}
