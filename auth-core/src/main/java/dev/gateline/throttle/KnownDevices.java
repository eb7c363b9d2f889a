package dev.gateline.throttle;

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
 * What devices present of earlier logins: for each account a random number, an end and an HMAC over both and the
 * account. It says nothing of the account to those who have no key, and nothing of it is stored. Thread-safe.
 */
final class KnownDevices {

    /** How many accounts a device remembers; the one used longest ago is forgotten. */
    static final int MOST = 5;

    /** As long as browsers keep a cookie. */
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

    /**
     * The number of a device that an account has logged in on.
     *
     * @param device as presented
     * @param account digest of its name
     */
    Optional<byte[]> find(String device, byte[] account, Instant now) {
        return entries(device)
                .filter(entry -> isLive(entry, now) && isFor(entry, account))
                .map(entry -> Arrays.copyOf(entry, NUMBER))
                .findFirst();
    }

    /** What the device presents from now on: a new entry of this account, and those of others. */
    String with(String device, byte[] account, Instant now) {
        ByteBuffer entry = ByteBuffer.allocate(LENGTH)
                .put(Secrets.bytes(NUMBER))
                .putLong(now.plus(LIFETIME).getEpochSecond());
        entry.put(mac(entry.array(), account));
        Stream<byte[]> others = entries(device).filter(other -> isLive(other, now) && !isFor(other, account));
        List<String> texts = Stream.concat(Stream.of(entry.array()), others)
                .limit(MOST)
                .map(Base64Url::encode)
                .toList();
        return String.join(SEPARATOR, texts);
    }

    /** Those that have the right form; a client may present anything. */
    private static Stream<byte[]> entries(String device) {
        if (device.length() > MOST * (TEXT_LENGTH + 1)) {
            return Stream.empty();
        }
        return Stream.of(device.split("\\.", -1))
                .filter(text -> text.length() == TEXT_LENGTH)
                .flatMap(text -> Base64Url.decode(text, 0, TEXT_LENGTH).stream());
    }

    private static boolean isLive(byte[] entry, Instant now) {
        return now.getEpochSecond() < ByteBuffer.wrap(entry).getLong(NUMBER);
    }

    private boolean isFor(byte[] entry, byte[] account) {
        return MessageDigest.isEqual(mac(entry, account), Arrays.copyOfRange(entry, LENGTH - MAC, LENGTH));
    }

    private byte[] mac(byte[] entry, byte[] account) {
        byte[] whole = digest.of("known device", account, Arrays.copyOf(entry, LENGTH - MAC));
        return Arrays.copyOf(whole, MAC);
    }
}
