package dev.gateline.http;

/**
 * In which a browser keeps what makes its device known.
 *
 * @param name whole, with its prefix
 * @param attributes as they stand behind the value
 */
record DeviceCookie(String name, String attributes) {}
