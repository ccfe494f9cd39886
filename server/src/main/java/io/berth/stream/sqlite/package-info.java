/// The event log of a single machine: an SQLite file of its own, a row for each batch of events.
///
/// [io.berth.stream.sqlite.SqliteLog] is what others see. Appended events wait in
/// [io.berth.stream.sqlite.Waiting] until [io.berth.stream.sqlite.LogWriter] commits all of them in one row,
/// puts them into [io.berth.stream.Tail], where live readers find them without a look at the disk, and tells
/// those who wait. [io.berth.stream.sqlite.Upkeep] moves SQLite's own log into the file and drops what is too
/// old or too much. Knows no reader, no group and no wire. See docs/decisions/0010-event-log.md.
@NullMarked
package io.berth.stream.sqlite;

import org.jspecify.annotations.NullMarked;
