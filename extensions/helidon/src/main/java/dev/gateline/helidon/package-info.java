/**
 * Gateline on Helidon 4 SE. Start with {@link dev.gateline.helidon.GatelineFeature}; then read
 * {@link dev.gateline.helidon.HelidonAuth}.
 */
@NullMarked
package dev.gateline.helidon;

import org.jspecify.annotations.NullMarked;
