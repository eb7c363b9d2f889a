package dev.gateline.jwt;

import javax.crypto.Mac;

/** Signs by an HMAC (RFC 7518 section 3.2). Thread-safe. */
record MacSigner(Prepared<Mac> prepared) implements Signer {
    @Override
    public byte[] sign(byte[] bytes) {
        Mac mac = prepared.take();
        byte[] signature = mac.doFinal(bytes);
        prepared.giveBack(mac);
        return signature;
    }
}
