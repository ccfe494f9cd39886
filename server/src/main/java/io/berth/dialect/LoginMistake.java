package io.berth.dialect;

/// What a client did instead of signing rightly, found by trying: in words for the operator.
///
/// @param cause what the password really is
/// @param fix what to change
public record LoginMistake(String cause, String fix) {}
