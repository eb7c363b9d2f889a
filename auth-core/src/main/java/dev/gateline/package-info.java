/**
 * The interface of both strategies. Start with {@link dev.gateline.Authenticator}; then read {@link
 * dev.gateline.Outcome}, which is the answer to every decision about a credential.
 */
@NullMarked
package dev.gateline;

import org.jspecify.annotations.NullMarked;
