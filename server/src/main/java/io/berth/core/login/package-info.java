/// Logins: the record an operator reads of a refused one, the guard against guessing, and the tokens that
/// spare a device without a connection the next one.
@NullMarked
package io.berth.core.login;

import org.jspecify.annotations.NullMarked;
