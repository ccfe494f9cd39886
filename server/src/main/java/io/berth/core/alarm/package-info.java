/// What an operator should look at: alarms, raised and cleared by whoever sees the trouble.
@NullMarked
package io.berth.core.alarm;

import org.jspecify.annotations.NullMarked;
