/**
 * Thrown where what an ApplicationSet makes cannot be told from the repository; the message says why, and follows the word "it".
 */
export class Undecidable extends Error {}
