package dev.gateline.http;

/**
 * The cookie by which a browser's device is known. Immutable.
 *
 * @param name the whole name, with its prefix
 * @param attributes the attributes as they stand behind the value
 */
record DeviceCookie(String name, String attributes) {}
