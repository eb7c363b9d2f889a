/**
 * Gateline on Jakarta REST 4. Start with {@link dev.gateline.jaxrs.GatelineFeature}; then read
 * {@link dev.gateline.jaxrs.JaxrsAuth}.
 */
@NullMarked
package dev.gateline.jaxrs;

import org.jspecify.annotations.NullMarked;
