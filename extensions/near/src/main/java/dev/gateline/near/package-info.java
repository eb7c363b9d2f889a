/**
 * Copies of a shared storage in memory, so that a request costs no network trip. Start with {@link
 * dev.gateline.near.NearStorage}; then read {@link dev.gateline.store.ChangeFeed}, which keeps the copies right.
 */
@NullMarked
package dev.gateline.near;

import org.jspecify.annotations.NullMarked;
