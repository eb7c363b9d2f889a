package dev.gateline.spring.test;

import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "gateline.bearer.enabled=false")
class WithLoginCookiesTest extends WithLoginContract {}
