/**
 * Gateline on Vert.x 5. Start with {@link dev.gateline.vertx.GatelineHandler}; then read
 * {@link dev.gateline.vertx.VertxAuth}.
 */
@NullMarked
package dev.gateline.vertx;

import org.jspecify.annotations.NullMarked;
