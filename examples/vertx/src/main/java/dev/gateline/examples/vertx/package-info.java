/** A login and protected pages with Vert.x, whose event loop never waits. */
@NullMarked
package dev.gateline.examples.vertx;

import org.jspecify.annotations.NullMarked;
