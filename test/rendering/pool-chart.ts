import { gzipSync } from "node:zlib";

/** A chart of node pools, as fleets have them, and its values. */
export const template = `{{- range .Values.pools }}
---
apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata:
  name: {{ .name }}
  namespace: {{ $.Release.Namespace }}
spec:
  clusterName: {{ $.Values.cluster }}
  replicas: {{ .replicas }}
  management:
    upgradeType: Replace
  platform:
    type: KubeVirt
    kubevirt:
      compute:
        cores: {{ .cores | default $.Values.cores }}
        memory: 8Gi
  release:
    image: quay.io/openshift-release-dev/ocp-release:4.18.1-x86_64
{{- end }}
`;

export const chartYaml = "apiVersion: v2\nname: pools\nversion: 0.1.0\n";

export const chart = {
  "charts/pools/Chart.yaml": chartYaml,
  "charts/pools/values.yaml": "cores: 4\npools: []\n",
  "charts/pools/templates/pools.yaml": template,
};

/** Values of a cluster with the pools `a`, which takes the default, and `b`. */
export const values = (cores: number, cluster = "c"): string =>
  `cluster: ${cluster}\npools: [{name: a, replicas: 2}, {name: b, replicas: 2, cores: ${cores}}]\n`;

/** A chart that gives pool `a` other nodes. */
export const newDefault = { "charts/pools/values.yaml": "cores: 6\npools: []\n" };

/** The files of a folder as `helm package` packs them. */
export function packed(name: string, files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries = Object.entries(files).flatMap(([path, given]) => {
    const bytes = Buffer.from(given);
    const header = Buffer.alloc(512);
    const write = (at: number, field: string): void => void header.write(field, at, "latin1");
    write(0, `${name}/${path}`);
    write(100, "0000644\0");
    write(124, `${bytes.length.toString(8).padStart(11, "0")}\0`);
    write(148, "        0ustar\0".padEnd(17) + "00");
    write(
      148,
      `${header
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, "0")}\0 `,
    );
    const content = Buffer.alloc(Math.ceil(bytes.length / 512) * 512);
    bytes.copy(content);
    return [header, content];
  });
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)]));
}
