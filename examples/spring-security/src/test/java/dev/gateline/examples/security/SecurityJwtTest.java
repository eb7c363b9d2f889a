package dev.gateline.examples.security;

class SecurityJwtTest extends SecurityWalk {
    SecurityJwtTest() {
        super("jwt");
    }
}
