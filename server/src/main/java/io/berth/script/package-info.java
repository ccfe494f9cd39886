/// The scripts of products: which source a call needs, whose turn it is, and processes of their own that run
/// them (docs/decisions/0008). A call waits in its product's queue, a worker takes it, hands it to its
/// process and gives up on that process when it does not answer: nothing a script does reaches the server's
/// memory or threads.
///
/// Knows core and how to speak to a process ([io.berth.script.host]); no dialect, no store but core's
/// interface, and not the engine.
@NullMarked
package io.berth.script;

import org.jspecify.annotations.NullMarked;
