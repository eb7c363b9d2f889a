package dev.gateline.engine;

import dev.gateline.LoginId;

/**
 * A login that somebody may end, because a credential of it was presented.
 *
 * @param id of the login
 * @param subject whose it is
 */
public record OwnedLogin(LoginId id, String subject) {}
