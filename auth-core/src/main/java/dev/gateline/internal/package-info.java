/** Helpers of Gateline's own modules: secrets, base64url, files that only their owner reads. Not for hosts. */
@NullMarked
package dev.gateline.internal;

import org.jspecify.annotations.NullMarked;
