package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.kit.MutableClock;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingReadOnlyTest {
    private static final SigningKey ONE = SigningKey.generate(Algorithm.EdDSA).named("one");
    private static final SigningKey TWO = SigningKey.generate(Algorithm.ES256).named("two");
    private static final SigningKey THREE = SigningKey.generate(Algorithm.EdDSA).named("three");

    private final MutableClock clock = new MutableClock();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("ring.json");
    }

    private void mount(SigningKey... keys) throws IOException {
        Files.deleteIfExists(file);
        Files.writeString(
                file,
                Stream.of(keys)
                        .map(key -> Jwks.UNSAFE_JSON(key.jwk().build()))
                        .collect(Collectors.joining(",", "{\"keys\":[", "]}")));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    }

    private KeyRing ring() {
        return KeyRing.readOnlyBuilder(file).clock(clock).build();
    }

    private void nextLook() {
        clock.advance(Duration.ofSeconds(10));
    }

    @Test
    void readOnly_keysOfTheFile_theFirstSignsAndAllVerifyForAsLongAsTheyAreThere() throws IOException {
        mount(TWO, ONE);
        KeyRing ring = ring();

        assertThat(ring.active().verification()).isEqualTo(TWO.verification());
        for (int i = 0; i < 3; i++) {
            assertThat(ring.find("one")).isPresent();
            assertThat(ring.find("two")).isPresent();
            clock.advance(Duration.ofDays(400));
            assertThat(ring.keys()).hasSize(2);
        }
    }

    @Test
    void readOnly_fileIsReplaced_itsKeysCountAndNoOthers() throws IOException {
        mount(ONE, TWO);
        KeyRing ring = ring();

        mount(THREE, ONE);
        nextLook();

        assertThat(ring.active().verification()).isEqualTo(THREE.verification());
        assertThat(ring.find("one")).isPresent();
        assertThat(ring.find("two")).isEmpty();
        assertThat(ring.jwks()).contains("\"three\"", "\"one\"").doesNotContain("\"two\"");
    }

    @Test
    void readOnly_fileOfAWritableRing_isTheSameRing() throws IOException {
        KeyRing writable =
                KeyRing.builder(Algorithm.ES256).file(file).clock(clock).build();
        writable.rotateNow();
        writable.rotate();

        assertThat(ring().keys()).isEqualTo(writable.keys());
        assertThat(KeyRing.readOnly(file).jwks()).isEqualTo(writable.jwks());
    }

    @Test
    void change_readOnlyRing_isRefusedAndTheFileStaysAsItIs() throws IOException {
        mount(ONE);
        KeyRing ring = ring();
        FileTime written = Files.getLastModifiedTime(file);
        String text = Files.readString(file);

        assertThatIllegalStateException().isThrownBy(ring::rotate).withMessageContaining("read only");
        assertThatIllegalStateException().isThrownBy(ring::rotateNow);
        assertThatIllegalStateException().isThrownBy(() -> ring.remove("one"));
        clock.advance(Duration.ofDays(1_000));

        assertThat(ring.keys()).hasSize(1);
        assertThat(Files.readString(file)).isEqualTo(text);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
    }

    @Test
    void readOnly_fileGoesAwayOrIsBroken_isServedForAnHourAndIsThenAnOutage() throws IOException {
        mount(ONE);
        KeyRing ring = ring();
        Files.delete(file);

        nextLook();
        assertThat(ring.find("one")).isPresent();
        clock.advance(Duration.ofHours(1));
        assertThatThrownBy(() -> ring.find("one")).isInstanceOf(AuthUnavailableException.class);

        mount(ONE);
        nextLook();
        assertThat(ring.find("one")).isPresent();
    }

    @Test
    void readOnly_noFileOrOneThatOthersRead_isRefused() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.readOnly(file))
                .withMessageContaining("no file");

        mount(ONE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.readOnly(file))
                .withMessageContaining("chmod 600");
    }
}
