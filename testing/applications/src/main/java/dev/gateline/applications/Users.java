package dev.gateline.applications;

import java.util.List;

/** The accounts of every application: each name has the same password, and one is an administrator. */
public final class Users {
    /** The password of everybody. */
    public static final String PASSWORD = "lovelace";

    private Users() {}

    /**
     * Whether this is the password of this user.
     *
     * @param name of the account
     * @param password as it was typed
     */
    public static boolean isPassword(String name, String password) {
        return !name.isEmpty() && password.equals(PASSWORD);
    }

    /**
     * The roles of a user.
     *
     * @param name of the account
     */
    public static List<String> roles(String name) {
        return name.equals("ada") ? List.of("admin") : List.of();
    }
}
