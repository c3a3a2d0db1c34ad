import { run } from "./template-run.ts";

const identity =
  "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/registry-rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/registry-pull";

run("Azure", [
  { says: "another size", to: { vmSize: "Standard_D4s_v5" }, effect: "replace" },
  { says: "encryption at host written out", to: { encryptionAtHost: "Enabled" }, effect: "none" },
  { says: "no encryption at host", to: { encryptionAtHost: "Disabled" }, effect: "replace" },
  { says: "a persistent disk written out", to: { "osDisk/persistence": "Persistent" }, effect: "none" },
  { says: "an ephemeral disk", to: { "osDisk/persistence": "Ephemeral" }, effect: "replace" },
  {
    says: "diagnostics written out as disabled",
    to: { diagnostics: { storageAccountType: "Disabled" } },
    effect: "replace",
  },
  { says: "empty diagnostics, which are Disabled", to: { diagnostics: {} }, effect: "replace" },
  { says: "another image", to: { "image/imageID": "/images/other" }, effect: "replace" },
  { says: "no image where one was named", to: { image: { type: "AzureMarketplace" } }, effect: "unknown" },
  { says: "another zone", to: { availabilityZone: "2" }, effect: "replace" },
  {
    says: "an identity for the registry",
    clusterTo: {
      containerRegistry: { credentials: { type: "ManagedIdentity", managedIdentity: { resourceID: identity } } },
    },
    effect: "replace",
  },
]);
