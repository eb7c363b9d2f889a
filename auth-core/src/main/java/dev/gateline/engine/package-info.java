/**
 * The life of a login, which both strategies share: {@link dev.gateline.engine.Tickets} starts, proves, renews and ends
 * it. For the strategies only.
 */
@NullMarked
package dev.gateline.engine;

import org.jspecify.annotations.NullMarked;
