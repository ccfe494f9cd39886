/// Destinations that are spoken to over HTTP.
///
/// The client is Apache's: it lets the gate choose the addresses it connects to. The JDK's looks names up by
/// itself, so what was checked and what is connected to could differ.
@NullMarked
package io.berth.rule.http;

import org.jspecify.annotations.NullMarked;
