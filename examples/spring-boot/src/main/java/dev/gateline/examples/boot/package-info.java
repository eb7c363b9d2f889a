/** A login, protected pages and an administrator's page with Spring Boot. Begin with {@code Doors}. */
@NullMarked
package dev.gateline.examples.boot;

import org.jspecify.annotations.NullMarked;
