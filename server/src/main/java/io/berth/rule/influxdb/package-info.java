/// Points for InfluxDB, over its HTTP interface.
///
/// A message becomes one line: tags from templates, fields from paths into the document. Both generations of
/// the interface take the same lines; they differ in their address and in how one says who one is. What the
/// server says of a line (no such type, malformed) refuses the message; all else is the server's trouble.
@NullMarked
package io.berth.rule.influxdb;

import org.jspecify.annotations.NullMarked;
