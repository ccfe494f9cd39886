/// Rows in a table of MySQL or MariaDB.
///
/// The client is Vert.x' (docs/decisions/0012-mysql-client.md). It works with callbacks on a thread of its
/// own; here each message waits for its row on its virtual thread. Each destination has a client of its own,
/// made when the first message comes: it is heavy, and most servers never need one.
@NullMarked
package io.berth.rule.mysql;

import org.jspecify.annotations.NullMarked;
