package dev.gateline.examples.parkgate;

import java.util.LinkedHashMap;
import java.util.Map;

/** Names a client after its User-Agent, well enough for people to recognise their own. */
final class Device {
    private static final int LONGEST = 40;

    /** The first that fits counts: most browsers claim to be some of those further down too. */
    private static final Map<String, String> BROWSERS = inOrder(
            "Edg", "Edge",
            "OPR/", "Opera",
            "Firefox/", "Firefox",
            "Chrome/", "Chromium",
            "Safari/", "Safari");

    private static final Map<String, String> SYSTEMS = inOrder(
            "Android", "Android",
            "iPhone", "iPhone",
            "iPad", "iPad",
            "Windows", "Windows",
            "Mac OS X", "macOS",
            "CrOS", "ChromeOS",
            "Linux", "Linux");

    private Device() {}

    private static Map<String, String> inOrder(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    /** A label without control characters, of 1 to 40 characters. */
    static String label(String userAgent) {
        String browser = find(BROWSERS, userAgent);
        String system = find(SYSTEMS, userAgent);
        if (browser.isEmpty()) {
            return program(userAgent);
        }
        return system.isEmpty() ? browser : browser + " on " + system;
    }

    private static String find(Map<String, String> names, String userAgent) {
        return names.entrySet().stream()
                .filter(name -> userAgent.contains(name.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** The part before the version: the {@code curl} of {@code curl/8.1}. */
    private static String program(String userAgent) {
        String clean = userAgent
                .codePoints()
                .filter(c -> !Character.isISOControl(c))
                .limit(LONGEST)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        int version = clean.indexOf('/');
        String name = (version < 0 ? clean : clean.substring(0, version)).strip();
        return name.isEmpty() ? "unknown device" : name;
    }
}
