package dev.gateline.store;

import dev.gateline.Claims;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Claims are immutable, although those of a row are read at the first look. */
public final class ClaimsStress {
    private static final Claims CLAIMS = Claims.of(Map.of("colour", "red"));
    private static final byte[] WRITTEN = ClaimsForm.write(CLAIMS);

    private ClaimsStress() {}

    private static String colour(Claims claims) {
        return claims.text("colour").orElse("none");
    }

    /** Two threads take the first look. */
    @JCStressTest
    @Outcome(id = "red, red", expect = Expect.ACCEPTABLE, desc = "the claim")
    @State
    public static class FirstLook {
        private final Claims claims = ClaimsForm.read(WRITTEN);

        @Actor
        public void one(LL_Result result) {
            result.r1 = colour(claims);
        }

        @Actor
        public void other(LL_Result result) {
            result.r2 = colour(claims);
        }
    }

    /** A host hands claims to another thread by a plain field. */
    @JCStressTest
    @Outcome(id = "nothing", expect = Expect.ACCEPTABLE, desc = "before the field is set")
    @Outcome(id = "red", expect = Expect.ACCEPTABLE, desc = "after it is set")
    @State
    public static class PlainField {
        private @Nullable Claims claims;

        @Actor
        public void make() {
            claims = Claims.of(Map.of("colour", "red"));
        }

        @Actor
        public void look(L_Result result) {
            Claims made = claims;
            result.r1 = made == null ? "nothing" : colour(made);
        }
    }
}
