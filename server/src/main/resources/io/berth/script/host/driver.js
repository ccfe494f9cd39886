// Runs inside each realm, before the script. Takes hold of the built-ins it needs while they are as they were
// made; of a realm that is kept for many calls it makes sure that no call can leave anything in it.
(function (kept) {
    'use strict';

    var global = globalThis;
    var ownKeys = Reflect.ownKeys;
    var isArray = Array.isArray;
    var isView = ArrayBuffer.isView;
    var define = Object.defineProperty;
    var describe = Object.getOwnPropertyDescriptor;
    var protoOf = Object.getPrototypeOf;
    var freeze = Object.freeze;
    var charOf = String.fromCharCode;
    var charAt = Function.prototype.call.bind(String.prototype.charCodeAt);

    // A frozen property cannot be shadowed by an assignment (`message.toString = …`), which scripts may do to
    // objects of their own: these become accessors that define it there.
    function letOthersOverride(holder) {
        ownKeys(holder).forEach(function (name) {
            var found = describe(holder, name);
            if (!('value' in found)) {
                return;
            }
            define(holder, name, {
                get: function () {
                    return found.value;
                },
                set: function (value) {
                    if (this !== holder && Object(this) === this) {
                        define(this, name, {value: value, writable: true, enumerable: true, configurable: true});
                    }
                },
                enumerable: false,
                configurable: false
            });
        });
    }

    // Everything a script can reach without naming it, besides the properties of the global object.
    function hidden() {
        var made = [
            function* () {},
            async function () {},
            async function* () {},
            [][Symbol.iterator](),
            ''[Symbol.iterator](),
            new Map()[Symbol.iterator](),
            new Set()[Symbol.iterator](),
            'a'.matchAll ? 'a'.matchAll(/a/g) : null,
            (function () { return arguments; })(),
            global
        ];
        return made.map(function (value) {
            return value && protoOf(value);
        });
    }

    function harden() {
        var seen = new Set();
        function walk(value) {
            if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
                return;
            }
            if (value === global || seen.has(value)) {
                return;
            }
            seen.add(value);
            walk(protoOf(value));
            ownKeys(value).forEach(function (name) {
                var found = describe(value, name);
                walk(found.value);
                walk(found.get);
                walk(found.set);
            });
            freeze(value);
        }
        var errors = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];
        [Object].concat(errors).forEach(function (type) {
            letOthersOverride(type.prototype);
        });
        hidden().forEach(walk);
        ownKeys(global).forEach(function (name) {
            var found = describe(global, name);
            walk(found.value);
            walk(found.get);
            walk(found.set);
            define(global, name, 'value' in found ? {writable: false, configurable: false} : {configurable: false});
        });
    }

    if (kept) {
        harden();
    }
    var globals = ownKeys(global).length;

    return {
        // The bytes of a string of their codes, as an array.
        bytes: function (codes) {
            var bytes = new Array(codes.length);
            for (var i = 0; i < bytes.length; i++) {
                bytes[i] = charAt(codes, i);
            }
            return bytes;
        },
        // The reverse; a number is the index of an element that is no number, null an answer that is no array.
        codes: function (bytes) {
            if (!isArray(bytes) && !isView(bytes)) {
                return null;
            }
            var codes = '';
            for (var i = 0; i < bytes.length; i++) {
                var value = bytes[i];
                if (typeof value !== 'number' || value - value !== 0) {
                    return i;
                }
                codes += charOf(value & 255);
            }
            return codes;
        },
        object: function () {
            return {};
        },
        array: function () {
            return [];
        },
        put: function (holder, name, value) {
            define(holder, name, {value: value, writable: true, enumerable: true, configurable: true});
        },
        nothing: null,
        // Takes away what a call left on the global object: variables it never declared. False when something stays.
        clean: function () {
            for (var name in global) {
                delete global[name];
            }
            return ownKeys(global).length === globals;
        }
    };
})
