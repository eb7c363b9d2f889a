/** What a real browser makes of our cookies. */
package dev.gateline.browser;
