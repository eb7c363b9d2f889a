package dev.gateline.helidon;

import dev.gateline.Requirement;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http.spi.ProtocolUpgradeHandler;

/**
 * Lets only requests and handshakes through whose sender is known, and satisfies a requirement. Helidon asks no other
 * handlers about a handshake than those of this kind.
 */
record Secured(Requirement requirement) implements ProtocolUpgradeHandler {
    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        if (HelidonAuth.of(request).require(requirement).isPresent()) {
            response.next();
        }
    }

    @Override
    public void handleProtocolUpgrade(ServerRequest request, ServerResponse response) {
        handle(request, response);
    }
}
