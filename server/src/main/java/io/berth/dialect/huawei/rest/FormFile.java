package io.berth.dialect.huawei.rest;

import io.berth.core.Payload;

/// A file that stands in a form. An operation whose input has one reads its body as `multipart/form-data`.
///
/// @param name what its sender calls it
record FormFile(String name, Payload content) {}
