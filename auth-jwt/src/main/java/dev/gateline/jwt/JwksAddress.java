package dev.gateline.jwt;

import java.net.URI;

/** Fetches a JWK Set from the address that the host has wired. Thread-safe. */
record JwksAddress(RemoteDocument documents, URI address) implements JwksSource {
    @Override
    public KeySet fetch() {
        return KeySet.read(documents.get(address));
    }

    @Override
    public void close() {
        documents.close();
    }
}
