package dev.gateline;

import java.util.Optional;

/**
 * The public handle of a login: safe to list, to log and to put in a URL. It gives no access, and can't end the login.
 * In a JWT it is {@code sid}; for a session it is the key of the row.
 *
 * @param value 1 to 255 visible ASCII characters; those issued by Gateline are 128 random bits in 22 characters of
 *     base64url
 */
public record LoginId(String value) {

    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if it is empty, longer than 255, or has other than visible ASCII characters
     */
    public LoginId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("login id: 1 to 255 visible ASCII characters, was " + value.length()
                    + " characters long or had other characters");
        }
    }

    /**
     * Reads a text that a client sent, such as the id of a login to end.
     *
     * @param text of any content
     * @return empty if it can't be the id of a login
     */
    public static Optional<LoginId> parse(String text) {
        return isValid(text) ? Optional.of(new LoginId(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        boolean valid = !text.isEmpty() && text.length() <= 255;
        for (int i = 0; valid && i < text.length(); i++) {
            valid = text.charAt(i) > 0x20 && text.charAt(i) < 0x7f;
        }
        return valid;
    }

    @Override
    public String toString() {
        return value;
    }
}
