/** Stands for `level` and `memory-level` in the bundle: dynalite asks for them at its start, and its store is never made. */
module.exports = {};
