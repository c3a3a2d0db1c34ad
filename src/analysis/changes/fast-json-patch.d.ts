// The package declares its types for the whole of it, and none for this module.
declare module "fast-json-patch/module/duplex.mjs" {
  export { compare } from "fast-json-patch";
}
