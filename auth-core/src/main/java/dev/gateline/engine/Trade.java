package dev.gateline.engine;

import dev.gateline.Credential;
import dev.gateline.store.TicketState;

/** The successor of a ticket, and the state of the row that knows it. */
record Trade(TicketState state, Credential ticket) {}
