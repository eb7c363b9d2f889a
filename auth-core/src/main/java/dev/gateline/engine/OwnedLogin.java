package dev.gateline.engine;

import dev.gateline.LoginId;

/**
 * A login that somebody may end, because a credential of it was presented.
 *
 * @param id the id of the login
 * @param subject the subject of the login
 */
public record OwnedLogin(LoginId id, String subject) {}
