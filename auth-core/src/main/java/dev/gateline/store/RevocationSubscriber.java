package dev.gateline.store;

/** A subscriber that reports revocations alone. */
record RevocationSubscriber(RevocationStore.Listener listener) implements ChangeFeed.Subscriber {

    @Override
    public void changed(Change change) {
        if (change instanceof Change.OfRevocation ended) {
            listener.revoked(ended.revocation());
        }
    }

    @Override
    public void gap() {
        listener.missed();
    }

    @Override
    public void freshAsOf(long nanos) {}
}
