/// What an operator should look at: alarms, raised and cleared by whoever sees the trouble.
///
/// An alarm is named by its source; raising it again counts. It is active until someone acknowledges it, and
/// over once it is cleared, by whoever raised it or by hand. All are in memory; the store hears of changes a
/// moment later.
@NullMarked
package io.berth.core.alarm;

import org.jspecify.annotations.NullMarked;
