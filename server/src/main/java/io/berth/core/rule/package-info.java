/// Rules as operators write them: which events, what is made of them, and where it goes.
///
/// How statements are compiled and messages sent is behind [io.berth.core.rule.RuleEngine]; what a destination
/// is told is only known to its kind, so here its settings are fields without a meaning.
@NullMarked
package io.berth.core.rule;

import org.jspecify.annotations.NullMarked;
