package dev.gateline.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gateline.Credential;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tokens that were verified before, by their texts, so that a signature is checked once. It keeps nothing
 * that changes with time. Thread-safe.
 */
final class VerifiedTokens {
    /** The memory for a token, as measured: a token of 500 characters takes 2.4 KB with its content. */
    private static final int BYTES_PER_CHARACTER = 5;

    private final boolean hasRoom;
    private final Cache<Text, VerifiedToken> tokens;

    /**
     * The text of a token. It ends with the signature, of which some characters are as good a hash as the whole long
     * text.
     */
    private record Text(String text) {
        private static Text of(Credential credential) {
            return new Text(credential.reveal());
        }

        @Override
        public int hashCode() {
            long end = 0;
            for (int i = Math.max(0, text.length() - Long.BYTES); i < text.length(); i++) {
                end = end << Byte.SIZE | text.charAt(i);
            }
            return (int) ((end * 0x9e3779b97f4a7c15L) >>> Integer.SIZE);
        }

        @Override
        public String toString() {
            return "Text[redacted]";
        }
    }

    /**
     * Creates an empty cache.
     *
     * @param bytes the memory that the cache may take, about; at least 0, which means no cache
     */
    VerifiedTokens(long bytes) {
        hasRoom = bytes > 0;
        tokens = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(bytes)
                .weigher((Text text, VerifiedToken token) -> text.text().length() * BYTES_PER_CHARACTER)
                .build();
    }

    /** The token of a text; null if the text was not verified before, or was forgotten since. */
    @Nullable
    VerifiedToken find(Credential credential) {
        return tokens.getIfPresent(Text.of(credential));
    }

    /** Whether a text was verified before. The question does not count as a use. */
    boolean has(Credential credential) {
        return hasRoom && tokens.asMap().containsKey(Text.of(credential));
    }

    /** Keeps a token. A cache without room would add each token and remove it again. */
    void keep(Credential credential, VerifiedToken token) {
        if (hasRoom) {
            tokens.put(Text.of(credential), token);
        }
    }

    void forget(Credential credential) {
        tokens.invalidate(Text.of(credential));
    }
}
