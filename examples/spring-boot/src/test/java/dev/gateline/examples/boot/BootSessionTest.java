package dev.gateline.examples.boot;

class BootSessionTest extends BootWalk {
    BootSessionTest() {
        super("session");
    }
}
