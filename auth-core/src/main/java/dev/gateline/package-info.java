/**
 * One way of keeping users logged in, whatever carries the login. Start with {@link dev.gateline.Authenticator}; then
 * read {@link dev.gateline.Outcome}, which every decision comes back as.
 */
@NullMarked
package dev.gateline;

import org.jspecify.annotations.NullMarked;
