/**
 * Tests of an application as a user who is logged in. Start with {@link dev.gateline.spring.test.WithLogin}; then read
 * {@link dev.gateline.spring.test.GatelineTest}.
 */
@NullMarked
package dev.gateline.spring.test;

import org.jspecify.annotations.NullMarked;
