/**
 * Gateline in Spring Security 7. Start with {@link dev.gateline.spring.security.GatelineConfigurer}; then read
 * {@link dev.gateline.spring.security.GatelineAuthentication}.
 */
@NullMarked
package dev.gateline.spring.security;

import org.jspecify.annotations.NullMarked;
