/// Alibaba's application side (spec aliyun-openapi): for now server-side subscription.
///
/// [io.berth.dialect.aliyun.app.AliyunSubscriber] reads the login of an AMQP client; what it is then sent is
/// written by the notifications of this package. Knows nothing of AMQP's frames.
@NullMarked
package io.berth.dialect.aliyun.app;

import org.jspecify.annotations.NullMarked;
