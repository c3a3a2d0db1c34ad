import { configureGlobal } from "fast-check";

// A test tries the same values every time, so that it fails for a change and not for bad luck; `npm run fuzz` looks further.
configureGlobal({ seed: 1 });
