package dev.gateline.store;

import java.util.Optional;

/** The parts of a shared storage. */
record JoinedStorage(
        LoginStore logins, RevocationStore revocations, Optional<RateLimitStore> rateLimits, ChangeFeed feed)
        implements SharedStorage {
    @Override
    public void close() {
        feed.close();
    }
}
