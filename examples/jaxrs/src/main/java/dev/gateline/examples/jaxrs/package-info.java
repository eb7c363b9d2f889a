/** A login and protected resources with Jakarta REST, on Jersey. */
@NullMarked
package dev.gateline.examples.jaxrs;

import org.jspecify.annotations.NullMarked;
