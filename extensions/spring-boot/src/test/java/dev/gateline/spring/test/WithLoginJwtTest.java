package dev.gateline.spring.test;

import org.junit.jupiter.api.Tag;
import org.springframework.test.context.TestPropertySource;

@Tag("slow")
@TestPropertySource(properties = "gateline.strategy=jwt")
class WithLoginJwtTest extends WithLoginContract {}
