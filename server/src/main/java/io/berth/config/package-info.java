/// Reads HOCON (a file, then `--set` overrides) into records that live beside their users.
///
/// A record's defaults are an instance of it: [io.berth.config.Settings] replaces the components that the operator set.
/// Whatever key nobody read is unknown and stops the start. Knows no other package.
@NullMarked
package io.berth.config;

import org.jspecify.annotations.NullMarked;
