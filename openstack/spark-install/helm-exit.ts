/** Exit code of the guard when there is no such program, as shells have it. */
export const CANNOT_START = 127;
