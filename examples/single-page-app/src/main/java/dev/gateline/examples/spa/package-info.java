/** A static page that calls an API with plain fetch. */
@NullMarked
package dev.gateline.examples.spa;

import org.jspecify.annotations.NullMarked;
