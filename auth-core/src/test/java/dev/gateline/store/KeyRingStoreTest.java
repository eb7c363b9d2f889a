package dev.gateline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.store.KeyRingStore.Document;
import org.junit.jupiter.api.Test;

class KeyRingStoreTest {

    @Test
    void document_toString_tellsNoSecret() {
        assertThat(Document.of("secret")).asString().doesNotContain("secret");
    }

    @Test
    void document_ofTheSameText_hasATagOfItsOwn() {
        assertThat(Document.of("secret").tag())
                .isNotEqualTo(KeyRingStore.NONE)
                .isNotEqualTo(Document.of("secret").tag());
    }
}
