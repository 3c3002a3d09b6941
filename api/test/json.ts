/** What an answer holds, as tests read it: whatever they name must be there. */

export type Json = any;
