/** What an ApplicationSet makes cannot be told from the repository; the message says why, after "which ". */
export class Undecidable extends Error {}
