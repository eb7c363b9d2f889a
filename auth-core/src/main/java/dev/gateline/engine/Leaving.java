package dev.gateline.engine;

import dev.gateline.EndReason;

/** The subject and the reason of an ending that makes room for another login. */
record Leaving(String subject, EndReason reason) {}
