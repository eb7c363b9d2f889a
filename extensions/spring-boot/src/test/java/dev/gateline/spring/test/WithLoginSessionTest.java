package dev.gateline.spring.test;

class WithLoginSessionTest extends WithLoginContract {}
