/**
 * Class paths as hosts have them: {@link dev.gateline.classpath.Matrix} runs {@link dev.gateline.classpath.Host} on
 * each.
 */
@NullMarked
package dev.gateline.classpath;

import org.jspecify.annotations.NullMarked;
