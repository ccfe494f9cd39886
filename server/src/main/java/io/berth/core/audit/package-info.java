/// Who changed what, when and from where. Every application interface, native or a vendor's, runs its calls
/// through `AuditedCalls`: there rights are checked and records made; `AuditLog` keeps them.
@NullMarked
package io.berth.core.audit;

import org.jspecify.annotations.NullMarked;
