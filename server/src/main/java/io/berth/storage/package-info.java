/// Keeps what core asks its stores to keep, in SQLite or PostgreSQL, with one set of SQL statements.
///
/// [io.berth.storage.Storage] opens everything. A store hands a unit of work to [io.berth.storage.Database]:
/// reads run on a reader connection, writes queue for a writer thread that commits many at once
/// ([io.berth.storage.GroupCommit]) and completes them after the commit. What differs between the engines
/// (connections, words for failures) is in [io.berth.storage.SqliteEngine] and
/// [io.berth.storage.PostgresEngine]; column types differ by Flyway placeholders. What devices report takes a
/// way of its own, a journal that is folded into rows ([io.berth.storage.SqlThingStore]). Secrets leave this
/// package only as [io.berth.core.credential.Secret]; at rest they are sealed by
/// [io.berth.storage.SecretCipher]. Nothing here knows a wire or a vendor.
@NullMarked
package io.berth.storage;

import org.jspecify.annotations.NullMarked;
