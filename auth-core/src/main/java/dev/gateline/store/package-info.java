/**
 * The interfaces for authors of stores. Start with {@link dev.gateline.store.Storage}; then read {@link
 * dev.gateline.store.LoginStore}.
 */
@NullMarked
package dev.gateline.store;

import org.jspecify.annotations.NullMarked;
