import type { RepositoryAccess } from "../github/repository.ts";
import { renderedFromGit, renderedFromGitHub, type Sides } from "../rendering/rendered-sides.ts";
import type { Report } from "../report/report.ts";
import type { GitChange } from "../sources/git/sides.ts";
import { silenceOf } from "../sources/git/silence.ts";
import type { GitHubChange } from "../sources/github.ts";
import { bytesOf, optimizeLater } from "../sources/optimize-later.ts";
import { version } from "../version.ts";
import { type RunEvent, readEvent } from "./event.ts";
import { ActionError, type Inputs, readInputs } from "./inputs.ts";
import { nextConfiguration } from "./next-configuration.ts";
import { type ChangeRead, readChange } from "./read-change.ts";
import { isForeign } from "./relevance.ts";
import { readContext, type RunContext } from "./run-context.ts";
import { type ActionSettings, readSettings } from "./settings.ts";
import { annotate, say, tell } from "./workflow.ts";

/** What a run found. */
export interface Judged {
  readonly report: Report;
  readonly change: ChangeRead;
  readonly settings: ActionSettings;
}

/** Runs the Action; resolves to the exit code: 0, or 1 when the check fails. */
export async function runAction(environment: NodeJS.ProcessEnv): Promise<number> {
  let start: Start;
  try {
    start = begin(environment);
  } catch (error) {
    say("error", messageOf(error));
    return 1;
  }
  const found: { settings?: ActionSettings } = {};
  try {
    const judged = await judge(start, found);
    const { deliverReport } = await import("./deliver.ts");
    return await deliverReport(start, judged);
  } catch (error) {
    const messages = messageOf(error).split("\n");
    annotate([
      { level: "error", title: "will-it-roll: no verdict", message: messages.join("\n"), file: null, line: null },
    ]);
    const { deliverFailure } = await import("./deliver.ts");
    await deliverFailure(start, messages, found.settings);
    return 1;
  }
}

/** What is known before anything is read. */
export interface Start {
  readonly inputs: Inputs;
  readonly event: RunEvent;
  readonly context: RunContext;
  /** Connects to GitHub, once, and loads the HTTP client for it. Absent without a token. */
  readonly access: (() => Promise<RepositoryAccess>) | undefined;
}

function begin(environment: NodeJS.ProcessEnv): Start {
  const inputs = readInputs(environment);
  const context = readContext(environment, new Date());
  const event = readEvent(environment, inputs);
  const token = inputs["github-token"];
  return { inputs, event, context, access: token === undefined ? undefined : accessWith(token, context) };
}

function accessWith(token: string, { owner, repo, apiUrl }: RunContext): () => Promise<RepositoryAccess> {
  let opened: Promise<RepositoryAccess> | undefined;
  const open = async (): Promise<RepositoryAccess> => {
    const { newClient } = await import("../github/client.ts");
    return { client: newClient({ token, apiUrl, version }), owner, repo };
  };
  return async () => await (opened ??= open());
}

/** Leaves the settings in `found`, for whatever goes wrong after they were read. */
async function judge({ inputs, event, context, access }: Start, found: { settings?: ActionSettings }): Promise<Judged> {
  const settled = (): ActionSettings => {
    if (found.settings === undefined) throw new Error("the settings are read with the base side");
    return found.settings;
  };
  const change = await readChange(
    event.comparison,
    async (read) => {
      const { settings, wanted } = await readSettings(inputs, read);
      found.settings = settings;
      return wanted;
    },
    {
      workspace: context.workspace,
      silenceMs: silenceMs(inputs["git-timeout"]),
      render: async (one) => await rendered(one, settled()),
      renderRemote: async (one) => await renderedRemote(one, settled(), event.mayRun),
      look: async (one) => await nextConfiguration(one, settled()),
      mayRun: event.mayRun,
      access,
    },
  );
  const report = await reportOn(change, settled());
  const notes = [...change.notes, ...ofOneCommit(change)];
  for (const note of [...notes, ...change.asides]) tell(note);
  return { report, change: { ...change, notes }, settings: settled() };
}

/** A run on the default branch is of nothing, and its clean verdict says as much. */
const ofOneCommit = ({ base, head }: ChangeRead): readonly string[] =>
  base.revision !== undefined && base.revision === head.revision
    ? [`Both sides are the commit ${base.revision}, so nothing was compared.`]
    : [];

function silenceMs(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const found = silenceOf(given);
  if (found !== undefined) return found;
  throw new ActionError(`input git-timeout: write a number of seconds up to 86400, not ${JSON.stringify(given)}`);
}

/** What kustomizations and charts of the checkout make of the change: any changed file may be part of one. */
async function rendered(change: GitChange, settings: ActionSettings): Promise<Sides> {
  const { base, head, changed } = change;
  if (changed.length === 0) return { base, head };
  return await renderedFromGit(change, settings);
}

async function renderedRemote(change: GitHubChange, settings: ActionSettings, mayRun: boolean): Promise<Sides> {
  const { base, head, changed } = change;
  if (changed.length === 0) return { base, head };
  return await renderedFromGitHub(change, settings, mayRun);
}

/** Most changes hold nothing that any rule speaks of: then neither rules nor parser are loaded. */
async function reportOn(
  { base, head, rendering }: Sides,
  { targets, landscape, rules }: ActionSettings,
): Promise<Report> {
  const isRendered = rendering !== undefined && (rendering.undecided.length > 0 || rendering.renderers.length > 0);
  if (isRendered || !isForeign([base, head], rules)) {
    const { analyzeOnDemand } = await import("../analyze-on-demand.ts");
    await optimizeLater(bytesOf(base, head));
    return await analyzeOnDemand(base, head, {
      targets,
      landscape,
      rules,
      now: new Date(),
      ...(rendering === undefined ? {} : { rendering }),
    });
  }
  const { emptyReport } = await import("../report/assemble.ts");
  return emptyReport(version, base, head);
}

const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const isExpected = /^(?:InputError|ActionError|ProblemsError)$/.test(error.name);
  return isExpected
    ? error.message
    : `this is a bug in will-it-roll, please report it: ${error.stack ?? error.message}`;
};
