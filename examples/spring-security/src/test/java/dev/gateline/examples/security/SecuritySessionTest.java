package dev.gateline.examples.security;

class SecuritySessionTest extends SecurityWalk {
    SecuritySessionTest() {
        super("session");
    }
}
