/// Rows for ClickHouse, over its HTTP interface.
///
/// A message becomes one row as a JSON object; the server makes what the columns need of it. Parts of one row
/// each would ruin a table, so the server is asked to gather rows and to answer when they are written: an
/// acknowledged row is on disk.
@NullMarked
package io.berth.rule.clickhouse;

import org.jspecify.annotations.NullMarked;
