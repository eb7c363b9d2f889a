/**
 * Gateline in Spring Boot 4. Start with {@link dev.gateline.spring.GatelineProperties}, the settings; then read
 * {@link dev.gateline.spring.RequireLogin}.
 */
@NullMarked
package dev.gateline.spring;

import org.jspecify.annotations.NullMarked;
