package dev.gateline.kit;

/** Makes what each case starts from. */
interface Fixtures {

    /** An authenticator over an empty storage. */
    Fixture fixture(int capacity);

    /** An authenticator over an empty storage that is large enough. */
    default Fixture fixture() {
        return fixture(10_000);
    }
}
