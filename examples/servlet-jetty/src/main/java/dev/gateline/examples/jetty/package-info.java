/** A login and protected pages with servlets, on Jetty. */
@NullMarked
package dev.gateline.examples.jetty;

import org.jspecify.annotations.NullMarked;
