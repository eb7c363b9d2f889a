/** An API that accepts the access tokens of a provider, and has no login of its own. */
@NullMarked
package dev.gateline.examples.resource;

import org.jspecify.annotations.NullMarked;
