/**
 * One application with each library, in a process of its own: {@link dev.gateline.applications.Run} measures how fast
 * they are, and {@link dev.gateline.applications.Comparison} counts their lines.
 */
@NullMarked
package dev.gateline.applications;

import org.jspecify.annotations.NullMarked;
