/// Rows in a table of PostgreSQL.
///
/// The table is the operator's: its columns are read from it, and each message is one INSERT of its own, so
/// a row that the table refuses takes no other with it. The driver chooses its sockets and certificates by the
/// name of a class; [DriverSockets] and [DriverTls] are these, and learn from a scoped value which destination
/// they serve.
@NullMarked
package io.berth.rule.postgresql;

import org.jspecify.annotations.NullMarked;
