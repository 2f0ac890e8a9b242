// The forms a kernel exists in. Which one runs is chosen by measuring (tuner.ts) and never changes what is computed; a
// choice is a plain value, recorded with what was trained so that the same kernels run again.

/** Texts in shaders/prelude that spread a kernel over threads. */
export type FormText = 'registers' | 'subgroups' | 'tiles_32' | 'tiles_64';

interface Form {
  readonly text: FormText;
  /** Threads that share their loads; 1 where subgroups are not needed. */
  readonly lanes: 1 | 4 | 8;
}

/** Forms of a matrix product, by the name that is shown and recorded. */
export const productForms = {
  'registers 8x8': { text: 'registers', rows: 8, columns: 8, lanes: 1 },
  'subgroups/4 16x4': { text: 'subgroups', rows: 16, columns: 4, lanes: 4 },
  'subgroups/8 16x4': { text: 'subgroups', rows: 16, columns: 4, lanes: 8 },
  'tiles 32x32': { text: 'tiles_32', rows: 32, columns: 32, lanes: 1 },
  'tiles 64x64': { text: 'tiles_64', rows: 64, columns: 64, lanes: 1 },
} as const satisfies Record<
  string,
  // Rows and columns of results a thread or, of tiles, a workgroup.
  Form & { readonly rows: number; readonly columns: number }
>;

export type ProductForm = keyof typeof productForms;

/**
 * Forms of attention; `keyParts` workgroups make the gradients of the same keys and values. Split, they need less of a
 * GPU's registers and more arithmetic.
 */
export const attentionForms = {
  registers: { text: 'registers', lanes: 1, keyParts: 1 },
  'registers split': { text: 'registers', lanes: 1, keyParts: 2 },
  'subgroups/4': { text: 'subgroups', lanes: 4, keyParts: 1 },
  'subgroups/8': { text: 'subgroups', lanes: 8, keyParts: 1 },
} as const satisfies Record<string, Form & { readonly keyParts: 1 | 2 }>;

export type AttentionForm = keyof typeof attentionForms;

/** The matrix products of a step; `gradient` is the weights' gradient. */
export const productNames = [
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

export type ProductName = (typeof productNames)[number];

/** The form of every kernel that has several. */
export interface KernelForms {
  readonly attention: AttentionForm;
  readonly products: Readonly<Record<ProductName, ProductForm>>;
}

/** One form for all products. */
export function uniformForms(product: ProductForm, attention: AttentionForm): KernelForms {
  const products = Object.fromEntries(productNames.map((name) => [name, product])) as Record<ProductName, ProductForm>;
  return { attention, products };
}

/** Runs on every adapter. */
export const plainForms: KernelForms = uniformForms('registers 8x8', 'registers');

/**
 * Threads a row in kernels that walk rows. One needs no barrier, which software adapters pay for most; eight read
 * neighbouring addresses and fill a graphics card. Which of the two an adapter is, is known from its widest product: these
 * kernels themselves are not tried on it. The tests compare both with the twins.
 */
export function rowLanes({ products }: KernelForms): number {
  return productForms[products['in_proj.forward']].text.startsWith('tiles') ? 8 : 1;
}

/** One form of one kernel, tried alone at the shape of a run. */
export interface Tried {
  readonly kernel: ProductName | 'attention';
  readonly form: ProductForm | AttentionForm;
  /** Of all its dispatches once; null where it was not measured. */
  readonly milliseconds: number | null;
  /** Why it is not used: it does not compile here, or gives other numbers than the CPU twin. A sentence. */
  readonly fault: string | null;
}

/** What was measured to choose forms, and the choice. */
export interface Tuning {
  readonly v: 1;
  /** Adapter, software, kernels and shape it holds for. */
  readonly key: string;
  readonly kernels: KernelForms;
  readonly tried: readonly Tried[];
  /** What the measurement took. */
  readonly milliseconds: number;
}

/** A choice as it was recorded, or null when it is not one (of this version). */
export function parseForms(value: unknown): KernelForms | null {
  if (typeof value !== 'object' || value === null) return null;
  const { attention, products: chosen } = value as Partial<Record<string, unknown>>;
  if (typeof attention !== 'string' || !Object.hasOwn(attentionForms, attention)) return null;
  if (typeof chosen !== 'object' || chosen === null) return null;
  const forms = productNames.map((name) => (chosen as Partial<Record<string, unknown>>)[name]);
  if (!forms.every((form) => typeof form === 'string' && Object.hasOwn(productForms, form))) return null;
  const pairs = productNames.map((name, i) => [name, forms[i]]);
  return { attention: attention as AttentionForm, products: Object.fromEntries(pairs) };
}
