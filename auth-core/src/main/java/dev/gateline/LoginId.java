package dev.gateline;

/**
 * The public handle of a login: safe to list, to log and to put in a URL. Knowing it gives no access and can't end the
 * login. {@code sid} in a JWT, the row's key for a session.
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
        if (value.isEmpty() || value.length() > 255 || !value.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("login id: 1 to 255 visible ASCII characters, was " + value.length()
                    + " characters or had others among them");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
