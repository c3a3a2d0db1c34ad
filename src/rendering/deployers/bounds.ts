/** So many files of a repository are looked into at most. */
export const mostFiles = 5000;

/** So many releases of charts are followed at most, and so many Applications of an ApplicationSet. */
export const mostReleases = 500;
