package dev.gateline.engine;

import dev.gateline.LoginId;
import java.util.Map;

/**
 * A login whose row is in.
 *
 * @param leaving what ends for it
 */
record Admission(IssuedTicket issue, Map<LoginId, Leaving> leaving) {}
