/**
 * Gateline for Micrometer. Start with {@link dev.gateline.micrometer.AuthMetrics}, which counts events. No tag names a
 * user or a login.
 */
@NullMarked
package dev.gateline.micrometer;

import org.jspecify.annotations.NullMarked;
