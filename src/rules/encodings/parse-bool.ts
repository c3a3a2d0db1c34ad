const yes = new Set(["1", "t", "T", "TRUE", "true", "True"]);

/** Whether Go's strconv.ParseBool reads a text as true. */
export const isTrueText = (text: string): boolean => yes.has(text);
