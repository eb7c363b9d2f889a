/**
 * Gateline on Jakarta Servlet 6. Start with {@link dev.gateline.servlet.GatelineFilter}; then read
 * {@link dev.gateline.servlet.ServletAuth}.
 */
@NullMarked
package dev.gateline.servlet;

import org.jspecify.annotations.NullMarked;
