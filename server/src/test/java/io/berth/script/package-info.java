/// Scripts in their processes: what they answer, what they may not, and what is left of a call.
@NullMarked
package io.berth.script;

import org.jspecify.annotations.NullMarked;
