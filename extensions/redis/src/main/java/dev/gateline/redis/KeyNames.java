package dev.gateline.redis;

import dev.gateline.LoginId;
import java.nio.ByteBuffer;

/**
 * The names of the keys. Keys that must change in one step have the same part in braces, so that a cluster keeps them
 * in one slot: a revocation changes in one step with the feed that announces it. The kind of key stands before any part
 * that a client may choose. So no login id and no subject looks like another key.
 *
 * @param prefix the prefix of all keys
 */
record KeyNames(String prefix) {
    private static final String SHARED = ":{shared}";

    /** The part before a login id; a closing brace stands after it. */
    String beforeLogin() {
        return prefix + ":login:{";
    }

    /** The part before a subject; a closing brace stands after it. */
    String beforeSubject() {
        return prefix + ":subject:{";
    }

    byte[] login(LoginId id) {
        return Wire.bytes(beforeLogin() + id.value() + '}');
    }

    byte[] subject(String subject) {
        byte[] before = Wire.bytes(beforeSubject());
        byte[] name = Wire.bytes(subject);
        return ByteBuffer.allocate(before.length + name.length + 1)
                .put(before)
                .put(name)
                .put((byte) '}')
                .array();
    }

    byte[] revocations(String part) {
        return Wire.bytes(prefix + ":revocations" + SHARED + ':' + part);
    }

    byte[] keyRing(String name) {
        return Wire.bytes(prefix + ":keyring:" + name);
    }

    byte[] rateLimit(String name) {
        return Wire.bytes(prefix + ":limit:" + name);
    }

    byte[] feed() {
        return Wire.bytes(prefix + ":feed" + SHARED);
    }

    byte[] mark(String feedId) {
        return Wire.bytes(prefix + ":feed" + SHARED + ":mark:" + feedId);
    }
}
