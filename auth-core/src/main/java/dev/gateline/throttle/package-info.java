/**
 * Slows down the guessing of passwords: {@link dev.gateline.throttle.StoredLoginThrottle} counts attempts in a store.
 */
@NullMarked
package dev.gateline.throttle;

import org.jspecify.annotations.NullMarked;
