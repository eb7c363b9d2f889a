/**
 * The test that the examples share. Begin with {@link dev.gateline.examples.walk.Walk}, and read
 * {@link dev.gateline.examples.walk.Visitor} next.
 */
@NullMarked
package dev.gateline.examples.walk;

import org.jspecify.annotations.NullMarked;
