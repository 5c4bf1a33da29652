import fc from 'fast-check';

/**
 * JSON texts made while prototypes are still writable: fast-check's generator assigns keys such as `toString` to plain
 * objects, which throws once what they inherit from is frozen.
 */
export const JSON_TEXTS: readonly string[] = fc.sample(fc.json(), 1000);

/*
 * Import this first: from here on, whoever writes to what all objects inherit from throws. Names from a trace are
 * `__proto__` and `constructor` too, and must never be keys of plain objects.
 */
Object.freeze(Object.prototype);
Object.freeze(Array.prototype);
