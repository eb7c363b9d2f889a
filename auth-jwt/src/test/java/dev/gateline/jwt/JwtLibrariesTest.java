package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.Credential;
import dev.gateline.kit.OlderLibrary;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtLibrariesTest {
    private static final String ANNOTATION_OF_JACKSON_2_21 = "com.fasterxml.jackson.annotation.JsonSerializeAs";
    private static final String CLASS_OF_JJWT_0_12 = "io.jsonwebtoken.security.Jwks";

    /** The ways in: a host begins with one of them. */
    private static final List<Class<? extends Supplier<String>>> BEGINNINGS =
            List.of(Generates.class, ReadsKeys.class, Verifies.class, Introspects.class);

    /** A ring. */
    static final class Generates implements Supplier<String> {
        @Override
        public String get() {
            return KeyRing.generate(Algorithm.ES256).jwks();
        }
    }

    /** Published keys. */
    static final class ReadsKeys implements Supplier<String> {
        @Override
        public String get() {
            return KeySet.parse("{\"keys\":[]}").toString();
        }
    }

    /** Keys that are not there yet. */
    static final class Verifies implements Supplier<String> {
        @Override
        public String get() {
            return JwtVerifier.builder(RemoteKeys.issuer("https://id.example").build())
                    .issuer("https://id.example")
                    .audience("api")
                    .tokensLiveUntilTheyExpire()
                    .build()
                    .prefixes()
                    .toString();
        }
    }

    /** Opaque tokens. */
    static final class Introspects implements Supplier<String> {
        @Override
        public String get() {
            return IntrospectionVerifier.builder(URI.create("https://id.example/introspect"))
                    .issuer("https://id.example")
                    .audience("api")
                    .clientSecret("api", Credential.of("secret"))
                    .build()
                    .prefixes()
                    .toString();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ANNOTATION_OF_JACKSON_2_21, CLASS_OF_JJWT_0_12})
    void start_libraryIsTooOld_saysWhatIsNeededAndWhatWasFound(String missing) {
        for (Class<? extends Supplier<String>> beginning : BEGINNINGS) {
            assertThatThrownBy(() -> OlderLibrary.runs(beginning, missing))
                    .as(beginning.getSimpleName())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("jjwt 0.12.6 or later")
                    .hasMessageContaining("Jackson 2.15 or later")
                    .hasMessageContaining("jjwt-api-")
                    .hasMessageContaining("jackson-annotations-");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "org.example.OfNoImportance")
    void start_librariesFit_isNotStopped(String missing) {
        assertThat(OlderLibrary.runs(Generates.class, missing)).contains("keys");
        assertThat(OlderLibrary.runs(Verifies.class, missing)).contains("ey");
    }
}
