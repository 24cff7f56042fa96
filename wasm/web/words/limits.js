// How much of a text is read.

/** More than this is not read: nobody asks that much in one breath, and the time to read is bounded. */
export const MOST_LETTERS = 400;
export const MOST_WORDS = 60;
