package dev.gateline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Says what a test told it to, and notes what it was asked. A credential of its prefix and {@code ok} is live,
 * {@code old} has expired, the name of a {@link Rejection} is rejected for that, and anything else is unknown.
 */
public class FakeAuthenticator implements Authenticator {
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    public final List<String> calls = new ArrayList<>();
    public final List<LoginInfo> listed = new ArrayList<>();
    public boolean down;
    public boolean remembers;
    public boolean renewalIsDue;
    public String access;
    public String renewal;
    public Duration lifetime = Duration.ofMinutes(5);

    private final String prefix;
    private final Set<String> prefixes = new HashSet<>();

    public FakeAuthenticator(String prefix, String... more) {
        this.prefix = prefix;
        prefixes.add(prefix);
        prefixes.addAll(List.of(more));
        access = prefix + "ok";
        renewal = prefix + "ok";
    }

    private void note(String call) {
        calls.add(call);
        if (down) {
            throw new AuthUnavailableException("down: " + prefix);
        }
    }

    private static Grant checked(Grant grant, GrantCheck check) {
        check.check(grant);
        return grant;
    }

    private Grant grant(boolean remembered) {
        return new Grant(
                new LoginId("login"),
                Credential.of(access),
                NOW.plus(lifetime),
                Credential.of(renewal),
                NOW.plus(lifetime).plusSeconds(60),
                NOW.plus(lifetime).plusSeconds(600),
                remembered);
    }

    @Override
    public Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity) {
        note("authenticate " + credential.reveal());
        if (credential.reveal().endsWith("ok")) {
            return requirement.checkProof(
                    Outcome.accepted(new Identity(
                            "ada", new LoginId("login"), NOW, NOW, NOW.plus(lifetime), List.of(), Claims.none())),
                    NOW);
        }
        return Outcome.rejected(reason(credential.reveal()));
    }

    @Override
    public Optional<Identity> tryAuthenticate(Credential credential, Requirement requirement, Activity activity) {
        return remembers ? authenticate(credential, requirement, activity).toOptional() : Optional.empty();
    }

    @Override
    public boolean isRenewalDue(Credential access, Identity identity) {
        return renewalIsDue;
    }

    private static Rejection reason(String text) {
        return Stream.of(Rejection.values())
                .filter(reason -> text.endsWith(reason.name()))
                .findFirst()
                .orElse(text.endsWith("old") ? Rejection.EXPIRED : Rejection.UNKNOWN);
    }

    @Override
    public Outcome<Identity> recheck(Identity identity, Requirement requirement) {
        note("recheck " + identity.subject());
        return identity.realm().equals(prefix) ? requirement.check(identity, NOW) : Outcome.rejected(Rejection.UNKNOWN);
    }

    @Override
    public Listening onEnded(Consumer<Ending> listener) {
        note("onEnded");
        return () -> note("ended listening");
    }

    @Override
    public Set<String> prefixes() {
        return prefixes;
    }

    @Override
    public Grant login(Login login, GrantCheck check) {
        note("login " + login.subject());
        Grant grant = checked(grant(login.remembered()), check);
        login.replaces().filter(it -> it.reveal().startsWith(prefix)).ifPresent(it -> note("logout " + it.reveal()));
        return grant;
    }

    @Override
    public Outcome<Grant> renew(Credential credential, GrantCheck check) {
        note("renew " + credential.reveal());
        return credential.reveal().endsWith("ok")
                ? Outcome.accepted(checked(grant(false), check))
                : Outcome.rejected(Rejection.EXPIRED);
    }

    @Override
    public Outcome<Grant> refresh(Credential credential, Activity activity, GrantCheck check) {
        note("refresh " + credential.reveal());
        return credential.reveal().endsWith("ok")
                ? Outcome.accepted(checked(grant(false), check))
                : Outcome.rejected(Rejection.EXPIRED);
    }

    @Override
    public Outcome<Grant> reauthenticate(Credential credential, Login again, GrantCheck check) {
        note("reauthenticate " + credential.reveal());
        return Outcome.accepted(checked(grant(false), check));
    }

    @Override
    public Outcome<LoginId> logout(Credential credential) {
        note("logout " + credential.reveal());
        if (credential.reveal().endsWith("unsigned")) {
            return Outcome.rejected(Rejection.BAD_SIGNATURE);
        }
        return credential.reveal().endsWith("guess")
                ? Outcome.rejected(Rejection.UNKNOWN)
                : Outcome.accepted(new LoginId("login"));
    }

    @Override
    public Logins logins() {
        return new Logins() {
            @Override
            public List<LoginInfo> of(String subject) {
                note("of " + subject);
                return listed;
            }

            @Override
            public void end(LoginId id) {
                note("end " + id);
            }

            @Override
            public boolean end(String subject, LoginId id) {
                note("end " + subject + " " + id);
                return listed.stream().anyMatch(login -> login.id().equals(id));
            }

            @Override
            public void endAll(String subject) {
                note("endAll " + subject);
            }

            @Override
            public void endEverybody() {
                note("endEverybody");
            }

            @Override
            public void endOthers(String subject, LoginId keep) {
                note("endOthers " + subject + " " + keep);
            }
        };
    }

    @Override
    public void close() {
        note("close");
    }
}
