/** The program of every tutorial, once with a session cookie and once with a JWT. */
@NullMarked
package dev.gateline.examples.login;

import org.jspecify.annotations.NullMarked;
