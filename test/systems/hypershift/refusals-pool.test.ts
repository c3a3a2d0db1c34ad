import { type RefusalCase, runRefusals } from "./refusal-run.ts";

const placement = "spec/platform/aws/placement";
const reservation = { id: "cr-0123456789abcdef0" };
const marketplace = "spec/platform/azure/image/azureMarketplace";
const ofPool: readonly RefusalCase[] = [
  {
    rule: "nodepool-values",
    refused: { [placement]: { tenancy: "host", capacityReservation: reservation } },
    allowed: { [placement]: { tenancy: "dedicated", capacityReservation: reservation } },
  },
  {
    rule: "aws-spot-with-reservation",
    refused: { [placement]: { marketType: "Spot", capacityReservation: reservation } },
    allowed: { [placement]: { marketType: "Spot" } },
  },
  {
    rule: "nodepool-values",
    refused: { [placement]: { spot: { maxPrice: "1" } } },
    allowed: { [placement]: { marketType: "Spot", spot: { maxPrice: "1" } } },
  },
  {
    rule: "nodepool-values",
    refused: { [placement]: { marketType: "Spot", spot: { maxPrice: "1,5" } } },
    allowed: { [placement]: { marketType: "Spot", spot: { maxPrice: "1.5" } } },
  },
  {
    rule: "nodepool-values",
    refused: { [placement]: { capacityReservation: { id: "cr-1" } } },
    allowed: { [placement]: { capacityReservation: reservation } },
  },
  {
    rule: "aws-reservation-preference-with-id",
    refused: { [placement]: { capacityReservation: { ...reservation, preference: "Open" } } },
    allowed: { [placement]: { capacityReservation: { preference: "Open" } } },
  },
  {
    rule: "nodepool-windows-arch",
    from: { "spec/arch": "arm64" },
    refused: { "spec/platform/aws/imageType": "Windows" },
    allowed: { "spec/platform/aws/imageType": "Linux" },
  },
  {
    rule: "nodepool-values",
    refused: { "spec/release/image": "quay.io/a b:1" },
    allowed: { "spec/release/image": "quay.io/ab:4.20.4" },
  },
  {
    rule: "azure-marketplace-parts",
    on: "Azure",
    from: { "spec/platform/azure/image": { type: "AzureMarketplace" } },
    refused: { [marketplace]: { publisher: "p", offer: "o" } },
    allowed: { [marketplace]: { publisher: "p", offer: "o", sku: "s", version: "1.2.3" } },
  },
  {
    rule: "gcp-maintenance-of-spot",
    on: "GCP",
    refused: { "spec/platform/gcp/provisioningModel": "Spot", "spec/platform/gcp/onHostMaintenance": "MIGRATE" },
    allowed: { "spec/platform/gcp/provisioningModel": "Spot" },
  },
];

runRefusals("NodePool", ofPool);
