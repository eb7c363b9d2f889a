package dev.gateline.jaxrs;

import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;

/** Reads the annotations of all resource methods as the application starts, so that a wrong one is noticed then. */
record AccessRulesCheck(AccessRules rules) implements DynamicFeature {
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        rules.stated(resource);
    }
}
