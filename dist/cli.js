#!/usr/bin/env node
import"./cli/rolldown-runtime.js";import{t as e}from"./cli/start.js";process.exitCode=await e(process.argv.slice(2));export{};