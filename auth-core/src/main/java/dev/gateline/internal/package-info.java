/** Helpers of Gateline's own modules: secrets, base64url, files that only their owner reads. Hosts don't use them. */
@NullMarked
package dev.gateline.internal;

import org.jspecify.annotations.NullMarked;
