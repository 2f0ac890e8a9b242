// The forms a kernel exists in. Which one runs is chosen by measuring (tuning.ts) and never changes what is computed;
// a choice is a plain value, recorded with what was trained so that the same kernels run again.

/** Texts that spread a kernel over threads; see shaders/prelude. */
export type Family = 'registers' | 'subgroups' | 'tiles';

export interface Variant {
  readonly family: Family;
  /** Rows and columns of results a thread (registers, subgroups) or a workgroup (tiles). */
  readonly rows: number;
  readonly columns: number;
  /** Threads that share their loads; 1 outside `subgroups`. */
  readonly lanes: 1 | 4 | 8;
}

/** Forms of a matrix product, by the name that is shown and recorded. */
export const productVariants = {
  'registers 8x8': { family: 'registers', rows: 8, columns: 8, lanes: 1 },
  'subgroups/4 16x4': { family: 'subgroups', rows: 16, columns: 4, lanes: 4 },
  'subgroups/8 16x4': { family: 'subgroups', rows: 16, columns: 4, lanes: 8 },
  'tiles 32x32': { family: 'tiles', rows: 32, columns: 32, lanes: 1 },
  'tiles 64x64': { family: 'tiles', rows: 64, columns: 64, lanes: 1 },
} as const satisfies Record<string, Variant>;

export type ProductVariant = keyof typeof productVariants;

/**
 * Forms of attention; `keyParts` workgroups make the gradients of the same keys and values. Split, they need less of a
 * GPU's registers and more arithmetic.
 */
export const attentionVariants = {
  registers: { family: 'registers', lanes: 1, keyParts: 1 },
  'registers split': { family: 'registers', lanes: 1, keyParts: 2 },
  'subgroups/4': { family: 'subgroups', lanes: 4, keyParts: 1 },
  'subgroups/8': { family: 'subgroups', lanes: 8, keyParts: 1 },
} as const satisfies Record<string, Pick<Variant, 'family' | 'lanes'> & { readonly keyParts: 1 | 2 }>;

export type AttentionVariant = keyof typeof attentionVariants;

/** The matrix products of a step; `gradient` is the weights' gradient. */
export const products = [
  'in_proj.forward',
  'in_proj.backward',
  'in_proj.gradient',
  'out_proj.forward',
  'out_proj.backward',
  'out_proj.gradient',
  'head.forward',
  'head.backward',
  'head.gradient',
] as const;

export type Product = (typeof products)[number];

/** The form of every kernel that has several. */
export interface KernelChoice {
  readonly attention: AttentionVariant;
  readonly products: Readonly<Record<Product, ProductVariant>>;
}

/** One form for all products. */
export function uniformChoice(product: ProductVariant, attention: AttentionVariant): KernelChoice {
  const chosen = Object.fromEntries(products.map((name) => [name, product])) as Record<Product, ProductVariant>;
  return { attention, products: chosen };
}

/** Runs on every adapter. */
export const plainChoice: KernelChoice = uniformChoice('registers 8x8', 'registers');

/** A choice as it was recorded, or null when it is not one (of this version). */
export function parseKernels(value: unknown): KernelChoice | null {
  if (typeof value !== 'object' || value === null) return null;
  const { attention, products: chosen } = value as Partial<Record<string, unknown>>;
  if (typeof attention !== 'string' || !Object.hasOwn(attentionVariants, attention)) return null;
  if (typeof chosen !== 'object' || chosen === null) return null;
  const forms = products.map((name) => (chosen as Partial<Record<string, unknown>>)[name]);
  if (!forms.every((form) => typeof form === 'string' && Object.hasOwn(productVariants, form))) return null;
  const pairs = products.map((name, i) => [name, forms[i]]);
  return { attention: attention as AttentionVariant, products: Object.fromEntries(pairs) };
}
