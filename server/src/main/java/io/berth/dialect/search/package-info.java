/// Searches for devices as applications write them: a little SQL that both vendors speak, each with words and
/// bounds of its own ([io.berth.dialect.search.SearchWords]).
///
/// [io.berth.dialect.search.DeviceSearch] reads a search, or the conditions of one alone, into a condition of
/// core; [io.berth.dialect.search.Comparison] is what vendors read single conditions with. Nothing a search
/// says reaches a statement of the store other than as a value, and nothing here knows a vendor's name.
@NullMarked
package io.berth.dialect.search;

import org.jspecify.annotations.NullMarked;
