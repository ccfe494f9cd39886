/// Device linkage: when something happens to one device, something is done to others.
///
/// A scene has triggers (one of them is enough), conditions (all must hold), and actions, done in their order.
/// This package knows scenes as they are kept and shown; what a plan says and how it works is the business of
/// `rule.scene`.
@NullMarked
package io.berth.core.scene;

import org.jspecify.annotations.NullMarked;
