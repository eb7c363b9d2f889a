package dev.gateline.engine;

import dev.gateline.LoginId;
import java.util.Map;

/**
 * A login whose row is in the store.
 *
 * @param issue the login and its first ticket
 * @param leaving the logins that end because this one has started
 */
record Admission(IssuedTicket issue, Map<LoginId, Leaving> leaving) {}
