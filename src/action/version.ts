declare const __VERSION__: string | undefined;

/** Beside the library's `version`, which would load the library. */
export const version: string = typeof __VERSION__ === "string" ? __VERSION__ : "0.0.0-source";
