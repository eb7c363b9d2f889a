package dev.gateline.throttle;

import dev.gateline.LoginAttempt;
import dev.gateline.internal.Base64Url;
import dev.gateline.internal.Secrets;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads and writes the text that a device presents. For each account it has a random number, an end, and an HMAC over
 * both and the exact name of the account. Names that differ at all may belong to different people. Without the key the
 * text reveals nothing about the account, and nothing of it is stored. Thread-safe.
 */
final class KnownDevices {

    /** The number of accounts that a device remembers. The account that was used longest ago is forgotten. */
    static final int MOST = 5;

    /** The time for which browsers keep a cookie. */
    static final Duration LIFETIME = Duration.ofDays(400);

    private static final int NUMBER = 16;
    private static final int MAC = 16;
    private static final int LENGTH = NUMBER + Long.BYTES + MAC;
    private static final int TEXT_LENGTH = 54;
    private static final String SEPARATOR = ".";

    private final KeyedDigest digest;

    KnownDevices(KeyedDigest digest) {
        this.digest = digest;
    }

    /** The number of the attempt's device, if its account has logged in on it. */
    Optional<byte[]> find(LoginAttempt attempt, Instant now) {
        byte[] owner = owner(attempt);
        return entries(attempt.device())
                .filter(entry -> isLive(entry, now) && isFor(entry, owner) && counts(entry, attempt))
                .map(KnownDevices::number)
                .findFirst();
    }

    /**
     * The text that the device presents from now on: an entry of this account, and those of others. A known device
     * keeps its number, so that another login gives nobody another budget.
     */
    String with(LoginAttempt attempt, Instant now) {
        byte[] owner = owner(attempt);
        byte[] number = find(attempt, now).orElseGet(() -> Secrets.bytes(NUMBER));
        Stream<byte[]> others = entries(attempt.device()).filter(other -> isLive(other, now) && !isFor(other, owner));
        List<String> texts = Stream.concat(Stream.of(entry(number, owner, now)), others)
                .limit(MOST)
                .map(Base64Url::encode)
                .toList();
        return String.join(SEPARATOR, texts);
    }

    private byte[] entry(byte[] number, byte[] owner, Instant now) {
        ByteBuffer entry = ByteBuffer.allocate(LENGTH)
                .put(number)
                .putLong(now.plus(LIFETIME).toEpochMilli());
        return entry.put(mac(entry.array(), owner)).array();
    }

    private byte[] owner(LoginAttempt attempt) {
        return digest.of("owner of a device", AccountName.exact(attempt.account()));
    }

    /** The entries of a text that have the right form. A client may present any text. */
    private static Stream<byte[]> entries(String device) {
        if (device.length() > MOST * (TEXT_LENGTH + 1)) {
            return Stream.empty();
        }
        return Stream.of(device.split("\\.", -1))
                .filter(text -> text.length() == TEXT_LENGTH)
                .flatMap(text -> Base64Url.decode(text, 0, TEXT_LENGTH).stream());
    }

    private static byte[] number(byte[] entry) {
        return Arrays.copyOf(entry, NUMBER);
    }

    private static Instant end(byte[] entry) {
        return Instant.ofEpochMilli(ByteBuffer.wrap(entry).getLong(NUMBER));
    }

    private static boolean isLive(byte[] entry, Instant now) {
        return now.isBefore(end(entry));
    }

    /** Whether the entry is from a login that the host still trusts. */
    private static boolean counts(byte[] entry, LoginAttempt attempt) {
        return !end(entry).minus(LIFETIME).isBefore(attempt.devicesSince());
    }

    private boolean isFor(byte[] entry, byte[] owner) {
        return MessageDigest.isEqual(mac(entry, owner), Arrays.copyOfRange(entry, LENGTH - MAC, LENGTH));
    }

    private byte[] mac(byte[] entry, byte[] owner) {
        byte[] whole = digest.of("known device", owner, Arrays.copyOf(entry, LENGTH - MAC));
        return Arrays.copyOf(whole, MAC);
    }
}
