package dev.gateline.engine;

import dev.gateline.Credential;
import dev.gateline.store.TicketState;

/** The ticket to hand out after a renewal, and the state of the row that knows it. */
record Trade(TicketState state, Credential ticket) {}
