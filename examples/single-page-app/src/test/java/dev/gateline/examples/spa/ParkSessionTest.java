package dev.gateline.examples.spa;

class ParkSessionTest extends ParkWalk {
    ParkSessionTest() {
        super("session");
    }
}
