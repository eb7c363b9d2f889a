package dev.gateline.jaxrs;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;

/** Classes with a rule, which lead to sub-resources that have others. */
final class Led {
    private Led() {}

    /** For owners only, whatever is below. */
    @Path("owned")
    @RolesAllowed("owner")
    public static class Owned {
        @Path("below")
        public Pages.Below below() {
            return new Pages.Below();
        }
    }

    /** For keepers, who are not owners below. */
    @Path("kept")
    @RolesAllowed("keeper")
    public static class Kept {
        @Path("below")
        public Pages.Below below() {
            return new Pages.Below();
        }
    }

    /** Says at the locator what no server can hold. */
    @Path("misled")
    public static class Misled {
        @Path("below")
        @RolesAllowed("keeper")
        public Pages.Below below() {
            return new Pages.Below();
        }
    }
}
