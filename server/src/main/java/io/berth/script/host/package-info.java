/// What runs in a process of its own and calls scripts there: [Host] reads a request from standard input,
/// runs it, answers on standard output, one at a time, until its input ends. It has no other way in or out,
/// no secrets and little memory: whatever a script does to it, the server only sees it end.
///
/// A script runs in a [Realm]: kept and hardened for most, made anew for each call where a script extends the
/// built-in objects. Knows core's values and its engine; what of the rest is `script`'s business.
@NullMarked
package io.berth.script.host;

import org.jspecify.annotations.NullMarked;
