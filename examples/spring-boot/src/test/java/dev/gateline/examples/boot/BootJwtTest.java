package dev.gateline.examples.boot;

class BootJwtTest extends BootWalk {
    BootJwtTest() {
        super("jwt");
    }
}
