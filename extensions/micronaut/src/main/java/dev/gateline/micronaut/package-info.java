/**
 * Gateline on Micronaut 4. Start with {@link dev.gateline.micronaut.RequireLogin}; then read
 * {@link dev.gateline.micronaut.MicronautAuth}.
 */
@NullMarked
package dev.gateline.micronaut;

import org.jspecify.annotations.NullMarked;
