package dev.gateline.kit;

import dev.gateline.LoginLimit;

/** Makes what each case starts from. */
interface Fixtures {

    /** An authenticator over an empty storage. */
    Fixture fixture(int capacity, LoginLimit limit);

    /** An authenticator over an empty storage of a size. */
    default Fixture fixture(int capacity) {
        return fixture(capacity, LoginLimit.none());
    }

    /** An authenticator over an empty storage that is large enough. */
    default Fixture fixture() {
        return fixture(10_000);
    }

    /** An authenticator that limits the logins of each subject. */
    default Fixture fixture(LoginLimit limit) {
        return fixture(10_000, limit);
    }
}
