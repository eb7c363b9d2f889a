/** Spring Security verifies passwords and guards pages, and Gateline keeps the logins. Begin with {@code Security}. */
@NullMarked
package dev.gateline.examples.security;

import org.jspecify.annotations.NullMarked;
