/**
 * Logins over HTTP, on any server. Start with {@link dev.gateline.http.HttpAuth}; then read
 * {@link dev.gateline.http.CookieCarrier}.
 */
@NullMarked
package dev.gateline.http;

import org.jspecify.annotations.NullMarked;
