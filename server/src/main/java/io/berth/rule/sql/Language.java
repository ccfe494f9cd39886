package io.berth.rule.sql;

/// In what the dialects differ within an expression.
///
/// @param underscoreIsAnyOne whether `_` in LIKE stands for any character, or for itself
record Language(FunctionTable functions, boolean underscoreIsAnyOne) {}
