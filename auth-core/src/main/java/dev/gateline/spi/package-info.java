/**
 * What store and framework authors implement, and what the strategies share. Start with {@link dev.gateline.spi.Storage};
 * then read {@link dev.gateline.spi.LoginStore}.
 */
@NullMarked
package dev.gateline.spi;

import org.jspecify.annotations.NullMarked;
