/// What Huawei's devices and applications share: the product model (spec huawei-iotda 10).
///
/// [io.berth.dialect.huawei.HuaweiModel] reads and writes it in both forms the vendor has, the JSON of the
/// application API and the zip of the console. Knows nothing of the wires below it.
@NullMarked
package io.berth.dialect.huawei;

import org.jspecify.annotations.NullMarked;
