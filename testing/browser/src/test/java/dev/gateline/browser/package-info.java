/** Tests of our cookies in a real browser. */
package dev.gateline.browser;
