/// Who uses the application side: the administrator, holders of tokens, access keys.
@NullMarked
package io.berth.core.caller;

import org.jspecify.annotations.NullMarked;
