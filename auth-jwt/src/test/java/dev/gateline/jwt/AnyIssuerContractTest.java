package dev.gateline.jwt;

import dev.gateline.Activity;
import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Ending;
import dev.gateline.Grant;
import dev.gateline.GrantCheck;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.Requirement;
import dev.gateline.Verifier;
import dev.gateline.kit.AuthenticatorContract;
import dev.gateline.kit.Fixture;
import java.net.URI;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;

/** A host's own tokens, read beside those of a provider and opaque ones, keep every promise that they keep alone. */
@Tag("slow")
class AnyIssuerContractTest extends AuthenticatorContract {

    /** Logs in here, and reads as one of several. */
    private record OneOfSeveral(Authenticator own, Verifier any) implements Authenticator {
        @Override
        public Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity) {
            return any.authenticate(credential, requirement, activity);
        }

        @Override
        public Outcome<Identity> recheck(Identity identity, Requirement requirement) {
            return any.recheck(identity, requirement);
        }

        @Override
        public Listening onEnded(Consumer<Ending> listener) {
            return any.onEnded(listener);
        }

        @Override
        public boolean isRenewalDue(Credential access, Identity identity) {
            return own.isRenewalDue(access, identity);
        }

        @Override
        public Set<String> prefixes() {
            return own.prefixes();
        }

        @Override
        public Grant login(Login login, GrantCheck check) {
            return own.login(login, check);
        }

        @Override
        public Outcome<Grant> renew(Credential renewal, GrantCheck check) {
            return own.renew(renewal, check);
        }

        @Override
        public Outcome<Grant> refresh(Credential renewal, Activity activity, GrantCheck check) {
            return own.refresh(renewal, activity, check);
        }

        @Override
        public Outcome<Grant> reauthenticate(Credential renewal, Login again, GrantCheck check) {
            return own.reauthenticate(renewal, again, check);
        }

        @Override
        public Outcome<LoginId> logout(Credential credential) {
            return own.logout(credential);
        }

        @Override
        public Logins logins() {
            return own.logins();
        }

        @Override
        public void close() {
            own.close();
        }
    }

    @Override
    protected Authenticator authenticator(Fixture.Wiring wiring) {
        JwtAuthenticator own = JwtAuthenticator.builder(wiring.storage(), KeyRing.generate(Algorithm.HS256))
                .issuer("https://park.example")
                .audience("park-api")
                .absoluteTimeout(Fixture.ABSOLUTE)
                .idleTimeout(Fixture.IDLE)
                .grace(Fixture.GRACE)
                .clock(wiring.clock())
                .listener(wiring.listener())
                .renewals(wiring.renewals())
                .remembered(Fixture.REMEMBERED)
                .shortened(wiring.shortened())
                .limit(wiring.limit())
                .build();
        JwtVerifier staff = JwtVerifier.builder(KeyRing.generate(Algorithm.ES256))
                .issuer("https://staff.example")
                .audience("park-api")
                .subjectPrefix("staff:")
                .tokensLiveUntilTheyExpire()
                .clock(wiring.clock())
                .build();
        IntrospectionVerifier partners = IntrospectionVerifier.builder(URI.create("https://partner.example/introspect"))
                .issuer("https://partner.example")
                .audience("park-api")
                .clientSecret("park", Credential.of("secret"))
                .subjectPrefix("partner:")
                .tokensBeginWith("pt_")
                .clock(wiring.clock())
                .build();
        return new OneOfSeveral(own, AnyIssuer.of(own, staff, partners));
    }
}
