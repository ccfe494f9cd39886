/// Reads and writes values as JSON: the one place that turns text of devices, applications and scripts into
/// [io.berth.core.Value]s and back in Berth's own form. Vendors' forms of single values live in their dialects.
@NullMarked
package io.berth.json;

import org.jspecify.annotations.NullMarked;
