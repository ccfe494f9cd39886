/// Alibaba's application API, product Iot of 2018-01-20 (spec aliyun-openapi 1 to 3): everything is asked at
/// `/`, with an action's name and its parameters in query, form or headers, signed with an access key.
///
/// A request passes `AliyunOpenApi` from top to bottom: `Received` takes parameters and body apart, a
/// `Signature` says who claims to call, the `Gatekeeper` believes it or not, the `Catalogue` knows the
/// action, `Binding` fills its request record, the action asks one service of core, `Envelope` writes what
/// came of it as JSON or XML. What an action refuses is HTTP 200 with a code of `Codes`; what the gateway
/// refuses is a `GatewayException`.
///
/// To add an action: a row and a method in the class of its group, a request record with the vendor's names.
@NullMarked
package io.berth.dialect.aliyun.openapi;

import org.jspecify.annotations.NullMarked;
