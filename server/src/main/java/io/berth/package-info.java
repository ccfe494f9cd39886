/// The whole server: [io.berth.Main] reads the arguments, [io.berth.Berth] builds every object and owns start and stop.
@NullMarked
package io.berth;

import org.jspecify.annotations.NullMarked;
