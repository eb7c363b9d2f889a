/** What things cost. Start with {@link dev.gateline.benchmarks.AuthenticateBenchmark}. */
@NullMarked
package dev.gateline.benchmarks;

import org.jspecify.annotations.NullMarked;
