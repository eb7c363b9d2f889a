/**
 * Gateline on the JDK's own HTTP server. Start with {@link dev.gateline.jdkhttp.JdkHttpAuth}; then read {@link
 * dev.gateline.http.HttpAuth}, which it adapts.
 */
@NullMarked
package dev.gateline.jdkhttp;

import org.jspecify.annotations.NullMarked;
