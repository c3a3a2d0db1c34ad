/**
 * Loads some parts of a bundle when something of theirs is first used, where the bundler would load them with whoever may
 * use them. The modules in them do no work at import, so nobody can tell but by the clock.
 */
export function lateParts(names) {
  return {
    name: "late-parts",
    renderChunk(code) {
      let late = code;
      for (const name of names) {
        const load = new RegExp(`^const (\\w+) = require\\("(\\./(?:[\\w-]+/)?${name}\\.cjs)"\\);$`, "m");
        const [, variable, path] = load.exec(late) ?? [];
        if (variable === undefined) continue;
        late = late
          .replace(load, "")
          .replaceAll(new RegExp(`\\b${variable}\\.`, "g"), `${variable}().`)
          .concat(
            `\nlet loaded_${variable};\nfunction ${variable}() {\n  return loaded_${variable} ??= require("${path}");\n}\n`,
          );
        if (new RegExp(`\\b${variable}\\b(?!\\()`).test(late))
          throw new Error(`${name} is used as a whole, which no late part can be`);
      }
      return late === code ? null : { code: late, map: null };
    },
  };
}
