/**
 * The park gate: a small web program that keeps its visitors logged in with Gateline. Start with
 * {@link dev.gateline.examples.parkgate.ParkGate}; then read {@link dev.gateline.examples.parkgate.Wiring}, the one
 * place that knows which strategy is in use.
 */
@NullMarked
package dev.gateline.examples.parkgate;

import org.jspecify.annotations.NullMarked;
