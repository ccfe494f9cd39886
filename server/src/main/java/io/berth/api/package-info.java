/// The native API `/api/v1`: what Berth's own command line, console and scripts speak.
///
/// Everything served is a row of a table: a [io.berth.api.Route] names method, path, the right it needs, the records it
/// reads and writes, and the method that does it. [io.berth.api.NativeApi] turns the rows into endpoints of the web
/// server (who calls, may they, read the input, act, answer) and into the OpenAPI document. A group of rows calls one
/// core service each and knows neither vendor nor store; a broken rule of core becomes a problem document in
/// [io.berth.api.Problems]. The JSON members `huaweiId` are the alias of core.
@NullMarked
package io.berth.api;

import org.jspecify.annotations.NullMarked;
