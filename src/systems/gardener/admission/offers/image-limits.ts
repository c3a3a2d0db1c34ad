import type { Json } from "../../../../manifests/manifest.ts";
import { sameValue } from "../../../../rules/canonical.ts";
import { at, items, kubernetesVersionOf, text } from "../../shoot.ts";
import { anything, type AskedPool, imageVersion, type Lack, named, poolLack } from "./lack.ts";
import { meetsConstraint } from "./version-constraint.ts";

/** What a version of a machine image runs: the container runtimes and the versions of the kubelet. */
export function* imageLimitLacks(asked: AskedPool): Generator<Lack> {
  const { profile, worker } = asked;
  const image = at(worker, "/machine/image");
  const [name, version] = [text(at(image, "/name")), text(at(image, "/version"))];
  if (name === undefined || version === undefined) return;
  const offered = imageVersion(at(profile, "/spec/machineImages"), name, version);
  if (offered === undefined || offered === anything) return;
  const words = `version ${version} of machine image "${name}"`;
  yield* runtimeLacks(asked, offered, words);
  yield* kubeletLacks(asked, offered, words);
}

/** validateContainerRuntimeInterface. A profile whose images name no interface gets containerd written there, without more. */
function* runtimeLacks(asked: AskedPool, offered: Json, words: string): Generator<Lack> {
  const { worker, oldWorker } = asked;
  const isSame = ["/cri/containerRuntimes", "/machine/image"].every((place) =>
    sameValue(at(worker, place), at(oldWorker, place)),
  );
  if (isSame) return;
  const known = items(at(named(at(offered, "/cri"), "containerd"), "/containerRuntimes"));
  for (const runtime of items(at(worker, "/cri/containerRuntimes"))) {
    const type = text(at(runtime, "/type"));
    if (type !== undefined && !known.some((one) => at(one, "/type") === type))
      yield poolLack(asked, "/cri/containerRuntimes", words, `does not support container runtime "${type}"`);
  }
}

/** validateKubeletVersion, which is asked with every update; what the update does not touch was there before. */
function* kubeletLacks(asked: AskedPool, offered: Json, words: string): Generator<Lack> {
  const { shoot, old, worker, oldWorker } = asked;
  const [constraint, version] = [text(at(offered, "/kubeletVersionConstraint")), kubernetesVersionOf(shoot, worker)];
  if (constraint === undefined || version?.split(".").length !== 3) return;
  const isSame =
    oldWorker !== undefined &&
    version === kubernetesVersionOf(old, oldWorker) &&
    sameValue(at(worker, "/machine/image"), at(oldWorker, "/machine/image"));
  if (!isSame && meetsConstraint(version, constraint) === false)
    yield poolLack(
      asked,
      "/machine/image/version",
      words,
      `does not support kubelet version ${version} (${constraint})`,
    );
}
