declare const __VERSION__: string | undefined;

/** Beside the library's `version`, so that `--version` loads nothing else. */
export const versionText: string = `will-it-roll ${typeof __VERSION__ === "string" ? __VERSION__ : "0.0.0-source"}`;
