/// What Alibaba's devices and applications share: the thing model as TSL (spec aliyun-device 7).
///
/// [io.berth.dialect.aliyun.AliyunTsl] reads and writes it; devices ask for it over their wire, people import
/// and export it. Knows nothing of the wires below it, which use it.
@NullMarked
package io.berth.dialect.aliyun;

import org.jspecify.annotations.NullMarked;
