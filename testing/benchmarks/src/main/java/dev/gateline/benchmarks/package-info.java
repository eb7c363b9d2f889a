/** Benchmarks. Start with {@link dev.gateline.benchmarks.Run}. */
@NullMarked
package dev.gateline.benchmarks;

import org.jspecify.annotations.NullMarked;
