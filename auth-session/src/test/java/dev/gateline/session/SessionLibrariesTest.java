package dev.gateline.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.kit.OlderLibrary;
import dev.gateline.store.Storage;
import java.lang.reflect.Type;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SessionLibrariesTest {
    private static final String ANNOTATION_OF_JACKSON_2_21 = "com.fasterxml.jackson.annotation.JsonSerializeAs";

    /** With the codec of Jackson. */
    static final class Builds implements Supplier<String> {
        @Override
        public String get() {
            return SessionAuthenticator.builder(Storage.inMemory(10))
                    .build()
                    .getClass()
                    .getSimpleName();
        }
    }

    /** With a codec of the host's. */
    static final class BuildsWithAnother implements Supplier<String> {
        @Override
        public String get() {
            return SessionAuthenticator.builder(Storage.inMemory(10))
                    .attributeCodec(new AttributeCodec() {
                        @Override
                        public String write(Object value, Type type) {
                            return "1";
                        }

                        @Override
                        public Object read(String json, Type type) {
                            return json;
                        }
                    })
                    .build()
                    .getClass()
                    .getSimpleName();
        }
    }

    @Test
    void build_jacksonsAnnotationsAreOlderThanItsRest_saysWhatIsNeededAndWhatWasFound() {
        assertThatThrownBy(() -> OlderLibrary.runs(Builds.class, ANNOTATION_OF_JACKSON_2_21))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Jackson 2.15 or later")
                .hasMessageContaining("jackson-annotations-");
    }

    @Test
    void build_codecOfTheHosts_needsNoJackson() {
        assertThat(OlderLibrary.runs(BuildsWithAnother.class, "com.fasterxml.jackson.databind.ObjectMapper"))
                .isEqualTo("SessionAuthenticator");
    }
}
