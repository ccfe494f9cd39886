/// Logins that were refused: the record an operator reads, the guard against guessing.
@NullMarked
package io.berth.core.login;

import org.jspecify.annotations.NullMarked;
