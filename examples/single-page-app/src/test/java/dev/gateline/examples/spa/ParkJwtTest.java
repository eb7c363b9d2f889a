package dev.gateline.examples.spa;

class ParkJwtTest extends ParkWalk {
    ParkJwtTest() {
        super("jwt");
    }
}
