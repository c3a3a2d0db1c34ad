/** How many files of a repository are searched at most. */
export const mostFiles = 5000;

/** How many releases of charts are followed at most, and how many Applications of one ApplicationSet. */
export const mostReleases = 500;
