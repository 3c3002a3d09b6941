/** What an answer holds, as tests read it: whatever they name must be there. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;
