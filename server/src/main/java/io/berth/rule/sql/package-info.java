/// The SQL of forwarding rules, in the two dialects that applications of the vendors' clouds bring along: one
/// statement that names its topics ([TopicSql]), or a select and a where over a notification
/// ([NotificationSql]).
///
/// A statement is read once: [SqlText] looks at its letters, JSqlParser at its grammar, [Compiler] makes
/// [Term]s of the tree and refuses by name everything a rule does not have. What is left, [CompiledSql],
/// answers one message after the other without parsing, reflection or regular expressions, and within a bound
/// of work.
///
/// The package knows values and messages, no rule, no destination, no wire. docs/rule-sql.md is its manual.
@NullMarked
package io.berth.rule.sql;

import org.jspecify.annotations.NullMarked;
