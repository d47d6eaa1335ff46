/** Small handlers that more than one test needs. */
import type { Files } from './zip-of.ts';

/** Answers the event. */
export const echo: Files = { 'index.js': 'exports.handler = async (event) => event;' };
