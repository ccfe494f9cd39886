package io.berth.dialect.huawei.rest;

import io.berth.core.caller.Caller;

/// One call of an operation.
///
/// @param sight what exists for the caller
record RestCall<I extends Record>(Caller caller, Sight sight, I input) {}
