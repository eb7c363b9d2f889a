package dev.gateline.spring;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/** Whether Spring Security decides who may see which page. */
final class SecurityChains {
    private static final String CHAIN = "org.springframework.security.web.SecurityFilterChain";

    private SecurityChains() {}

    static boolean areIn(ListableBeanFactory beans) {
        ClassLoader loader = SecurityChains.class.getClassLoader();
        return ClassUtils.isPresent(CHAIN, loader)
                && beans.getBeanNamesForType(ClassUtils.resolveClassName(CHAIN, loader), true, false).length > 0;
    }
}
