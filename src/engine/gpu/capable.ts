// Which forms of the kernels a device can run.

import { type AttentionForm, attentionForms, type KernelForms, type ProductForm, productForms } from '../forms/forms';

/** Threads of a subgroup that kernels may count on; 1 where there are none. */
function lanesOf(device: GPUDevice): number {
  return device.features.has('subgroups') ? (device.adapterInfo.subgroupMinSize ?? 1) : 1;
}

function runsOn(device: GPUDevice, { lanes }: { readonly lanes: number }): boolean {
  return lanes === 1 || lanes <= lanesOf(device);
}

/** Forms of a product that `device` can run: subgroups need the feature, and as many threads as share their loads. */
export function availableProducts(device: GPUDevice): ProductForm[] {
  return (Object.keys(productForms) as ProductForm[]).filter((name) => runsOn(device, productForms[name]));
}

export function availableAttention(device: GPUDevice): AttentionForm[] {
  return (Object.keys(attentionForms) as AttentionForm[]).filter((name) => runsOn(device, attentionForms[name]));
}

/** Whether every kernel of an earlier run can run here again. */
export function canRun(device: GPUDevice, { attention, products: chosen }: KernelForms): boolean {
  const forms = availableProducts(device);
  return availableAttention(device).includes(attention) && Object.values(chosen).every((form) => forms.includes(form));
}
