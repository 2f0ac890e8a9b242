// Which forms of the kernels an adapter can run.

import { type ProductVariant, productVariants } from './variants';

/** Forms of a product that `device` can run: subgroups need the feature, and as many threads as share their loads. */
export function availableProducts(device: GPUDevice): ProductVariant[] {
  const lanes = device.features.has('subgroups') ? (device.adapterInfo.subgroupMinSize ?? 1) : 1;
  return (Object.keys(productVariants) as ProductVariant[]).filter((name) => productVariants[name].lanes <= lanes);
}
