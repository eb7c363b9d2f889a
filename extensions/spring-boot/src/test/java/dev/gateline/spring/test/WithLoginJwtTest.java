package dev.gateline.spring.test;

import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "gateline.strategy=jwt")
class WithLoginJwtTest extends WithLoginContract {}
