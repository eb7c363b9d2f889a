package dev.gateline.kit;

import dev.gateline.LoginLimit;

/** Creates the fixture with which each case starts. */
interface Fixtures {

    /** Creates an authenticator over an empty storage. */
    Fixture fixture(int capacity, LoginLimit limit);

    /** Creates an authenticator over an empty storage of a size. */
    default Fixture fixture(int capacity) {
        return fixture(capacity, LoginLimit.none());
    }

    /** Creates an authenticator over an empty storage that is large enough. */
    default Fixture fixture() {
        return fixture(10_000);
    }

    /** Creates an authenticator that limits the logins of each subject. */
    default Fixture fixture(LoginLimit limit) {
        return fixture(10_000, limit);
    }
}
