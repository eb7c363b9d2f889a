package dev.gateline.jwt;

import java.net.URI;

/** The address of a JWK Set, as the host has wired it. */
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
